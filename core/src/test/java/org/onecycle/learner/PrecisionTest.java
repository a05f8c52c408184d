package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.onecycle.array.DType;
import org.onecycle.backend.Backends;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.RowSource;
import org.onecycle.data.Sampler;
import org.onecycle.data.Split;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.AdaptiveAvgPool2d;
import org.onecycle.nn.ConvLayer;
import org.onecycle.nn.ConvLayerOptions;
import org.onecycle.nn.Embedding;
import org.onecycle.nn.Flatten;
import org.onecycle.nn.Linear;
import org.onecycle.nn.MaxPool2d;
import org.onecycle.nn.Parameter;
import org.onecycle.nn.Sequential;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;

class PrecisionTest {
  private static final int N = 64;
  private static final int SIZE = 12;

  /** Pictures with a bright row or a bright column somewhere, in noise. */
  private static Learner learner() {
    Rng rng = new Rng(3);
    float[] x = new float[N * 3 * SIZE * SIZE];
    long[] y = new long[N];
    for (int i = 0; i < N; i++) {
      y[i] = i % 2;
      int at = rng.nextInt(SIZE);
      for (int k = 0; k < 3 * SIZE * SIZE; k++) {
        int row = k / SIZE % SIZE;
        int column = k % SIZE;
        boolean bright = (y[i] == 0 ? row : column) == at;
        x[i * 3 * SIZE * SIZE + k] = (float) (rng.nextGaussian() * .5 + (bright ? 2 : 0));
      }
    }
    HostArray pictures = HostArray.of(x, N, 3, SIZE, SIZE);
    HostArray classes = HostArray.of(y, N);
    LoaderOptions options = LoaderOptions.defaults().withWorkers(0);
    Sampler inOrder = Sampler.of(N, 16, false, false);
    org.onecycle.nn.Init.seed(5);
    Sequential model =
        new Sequential(
            new ConvLayer(3, 16, ConvLayerOptions.DEFAULT),
            new MaxPool2d(2),
            new ConvLayer(16, 32, ConvLayerOptions.DEFAULT),
            new AdaptiveAvgPool2d(1),
            new Flatten(),
            new Linear(32, 2));
    return Learner.of(
            DataLoaders.of(
                new DataLoader(RowSource.of(Split.TRAIN, inOrder, 1, pictures, classes), options),
                new DataLoader(RowSource.of(Split.VALID, inOrder, 1, pictures, classes), options)),
            model)
        .lossFunc(new CrossEntropyLossFlat())
        .splitter(m -> List.of(m.parameters()))
        .progress(ProgressOutput.none())
        .build();
  }

  @Test
  void learnsInBfloat16AboutAsWellAsInFloat() {
    String obstacle = Backends.bf16Obstacle();
    Assumptions.assumeTrue(obstacle == null, obstacle);
    Learner exact = learner();
    double before = exact.validate().loss();
    exact.fitOneCycle(8, 1e-2);
    double inFloat = exact.validate().loss();

    Learner mixed = learner();
    assertSame(mixed, mixed.toBf16());
    mixed.fitOneCycle(8, 1e-2);
    double inBfloat16 = mixed.validate().loss();
    for (Parameter p : mixed.model().parameters()) {
      assertSame(DType.FLOAT, p.tensor().dtype());
    }
    assertTrue(inFloat < before / 3, inFloat + " from " + before);
    assertTrue(inBfloat16 < before / 3, inBfloat16 + " from " + before);
    assertTrue(Math.abs(inFloat - inBfloat16) < .1, inFloat + " and " + inBfloat16);

    // The weights are the same, so the predictions differ by rounding, and not after going back.
    float[] rounded = mixed.getPreds().preds().toFloats();
    float[] full = mixed.toFp32().getPreds().preds().toFloats();
    assertArrayEquals(full, rounded, .05f);
    assertTrue(Arrays.mismatch(full, rounded) >= 0, "nothing was rounded");
    assertArrayEquals(full, mixed.getPreds().preds().toFloats());
  }

  @Test
  void refusesWhereItWouldBeSlower() {
    Learner toy = new Toy(2).learn;
    IllegalStateException e = assertThrows(IllegalStateException.class, toy::toBf16);
    assertTrue(e.getMessage().contains("slower") && e.getMessage().contains("convolutions"));

    Precision p = new Precision();
    Sequential text = new Sequential(new Embedding(5, 3), new Linear(3, 2));
    e = assertThrows(IllegalStateException.class, () -> p.bf16(true, text));
    assertTrue(e.getMessage().contains("Embedding"), e.getMessage());

    if (Backends.bf16Obstacle() != null) {
      e = assertThrows(IllegalStateException.class, () -> learner().toBf16());
      assertTrue(e.getMessage().contains(Backends.bf16Obstacle()), e.getMessage());
    }
    p.bf16(false, text);
  }
}
