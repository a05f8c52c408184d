package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.Split;
import org.onecycle.data.Splits;
import org.onecycle.data.Transform;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;

class TtaTest {
  private static final int N = 12;

  private record Move(List<Float> draws) implements Transform<float[], float[]> {
    @Override
    public Class<float[]> accepts() {
      return float[].class;
    }

    @Override
    public Class<float[]> produces() {
      return float[].class;
    }

    @Override
    public float[] encode(float[] x, Split split, Rng rng) {
      float by = (float) rng.nextDouble();
      draws.add(by);
      return new float[] {x[0] + by};
    }
  }

  /** In training every input is moved by a draw, which the list remembers. */
  private static Learner learner(List<Float> draws) {
    List<Integer> items = IntStream.range(0, 2 * N).boxed().toList();
    int[] train = IntStream.range(0, N).toArray();
    int[] valid = IntStream.range(N, 2 * N).toArray();
    Transform<float[], float[]> move = new Move(draws).only(Split.TRAIN);
    DataLoaders dls =
        DataLoaders.builder(
                Datasets.of(
                    items,
                    new Splits(train, valid),
                    List.of(
                        Column.of((Integer i) -> new float[] {i}), Column.of(Integer::floatValue))))
            .bs(5)
            .workers(0)
            .itemTfms(move)
            .build();
    return Learner.of(dls, new Line(2, 3))
        .lossFunc(new MSELossFlat())
        .progress(ProgressOutput.none())
        .build();
  }

  @Test
  @DisplayName("LRN-25 three quarters of the augmented mean and a quarter of the plain prediction")
  void meanOfLooks() {
    List<Float> draws = Collections.synchronizedList(new ArrayList<>());
    Learner learn = learner(draws);
    draws.clear();
    float[] preds = learn.tta().preds().toFloats();
    assertEquals(4 * N, draws.size());
    for (int i = 0; i < N; i++) {
      float x = N + i;
      double augmented = 0;
      for (int look = 0; look < 4; look++) {
        augmented += (2 * (x + draws.get(look * N + i)) + 3) / 4;
      }
      assertEquals(0.75 * augmented + 0.25 * (2 * x + 3), preds[i], 1e-4);
    }
    assertEquals(4 * N, draws.stream().distinct().count(), "every look draws anew");
  }

  @Test
  @DisplayName("LRN-25 the largest of all looks")
  void largestOfLooks() {
    List<Float> draws = Collections.synchronizedList(new ArrayList<>());
    Learner learn = learner(draws);
    draws.clear();
    float[] preds = learn.tta(learn.dls().valid(), Tta.DEFAULT.withN(2).max()).preds().toFloats();
    for (int i = 0; i < N; i++) {
      float most = Math.max(draws.get(i), draws.get(N + i));
      assertEquals(2 * (N + i + most) + 3, preds[i], 1e-4);
    }
  }

  @Test
  void batchesWithoutSamplesHaveNoLooks() {
    Learner learn = Line.learner(new Line()).build();
    assertThrows(UnsupportedOperationException.class, learn::tta);
    assertThrows(IllegalArgumentException.class, () -> Tta.DEFAULT.withBeta(2));
  }
}
