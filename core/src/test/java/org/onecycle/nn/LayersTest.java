package org.onecycle.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class LayersTest {
  @Test
  @DisplayName("LAY-01 concatenated pooling: maxima, then means")
  void concatPool() {
    Tensor x = Tensor.randn(new Rng(1), 10, 5, 4, 4);
    Tensor y = new AdaptiveConcatPool2d().call(x);
    assertArrayEquals(new long[] {10, 10, 1, 1}, y.shape());
    assertArrayEquals(x.max(2, 3).toFloats(), y.slice(1, 0, 5).toFloats(), 1e-6f);
    assertArrayEquals(x.mean(2, 3).toFloats(), y.slice(1, 5, 10).toFloats(), 1e-6f);
    assertArrayEquals(new long[] {10, 10, 2, 2}, new AdaptiveConcatPool2d(2).call(x).shape());
  }

  private static String kinds(LinBnDrop group) {
    return String.join(
        " ", Stream.of(group).flatMap(g -> g.layers().stream()).map(Module::kind).toList());
  }

  @Test
  @DisplayName("LAY-02 order and presence of layers in LinBnDrop")
  void linBnDrop() {
    LinBnDrop plain = new LinBnDrop(10, 20);
    assertEquals("BatchNorm1d Linear", kinds(plain));
    assertEquals("BatchNorm1d Dropout Linear", kinds(plain.withDropout(0.1)));
    assertEquals("Linear ReLU BatchNorm1d", kinds(plain.withAct(new ReLU()).withLinFirst(true)));
    assertEquals("Linear", kinds(plain.withBn(false)));
    assertEquals(20, ((BatchNorm1d) plain.withLinFirst(true).module().get(1)).numFeatures());
    assertEquals(10, ((BatchNorm1d) plain.module().get(0)).numFeatures());
    assertEquals(null, ((Linear) plain.module().get(1)).bias());
    assertEquals(20, ((Linear) plain.withBn(false).module().get(0)).bias().numel());
  }

  @Test
  @DisplayName("LAY-06 sigmoid within a range")
  void sigmoidRange() {
    float[] x = {-10, 0, 10};
    double[][] ranges = {{-1, 2}, {-5, -1}, {2, 4}};
    float[][] expected = {{-1, 0.5f, 2}, {-5, -3, -1}, {2, 3, 4}};
    for (int i = 0; i < ranges.length; i++) {
      Tensor y = new SigmoidRange(ranges[i][0], ranges[i][1]).call(Tensor.of(x, 3));
      // 3 sigmoid(10) is 1.4e-4 away from 3.
      assertArrayEquals(expected[i], y.toFloats(), 2e-4f);
    }
  }

  @Test
  @DisplayName("LAY-12 flatten")
  void flatten() {
    Tensor x = Tensor.zeros(10, 5, 4);
    assertArrayEquals(new long[] {10, 20}, new Flatten().call(x).shape());
    assertArrayEquals(new long[] {200}, new Flatten(0).call(x).shape());
  }

  @Test
  void dropoutScalesWhatItKeepsAndRestsInEvaluation() {
    Dropout d = new Dropout(0.25);
    Tensor x = Tensor.ones(100, 100);
    assertSame(x, d.eval().call(x));
    d.train();
    d.seed(new Rng(5));
    float[] y = d.call(x).toFloats();
    int kept = 0;
    for (float v : y) {
      assertTrue(v == 0 || Math.abs(v - 4f / 3) < 1e-6, "is " + v);
      kept += v == 0 ? 0 : 1;
    }
    assertEquals(7500, kept, 200);
    assertThrows(IllegalArgumentException.class, () -> new Dropout(1.5));
  }

  @Test
  void oneSeedGivesOneHistory() {
    Sequential model = new Sequential(new Dropout(0.5), new Identity(), new Dropout(0.5));
    Tensor x = Tensor.ones(64);
    model.seed(new Rng(3));
    float[] first = model.call(x).toFloats();
    float[] second = model.call(x).toFloats();
    model.seed(new Rng(3));
    assertArrayEquals(first, model.call(x).toFloats());
    assertTrue(!Arrays.equals(first, second));
    model.seed(new Rng(3));
    float[] a = model.get(0).call(x).toFloats();
    float[] b = model.get(2).call(x).toFloats();
    assertTrue(!Arrays.equals(a, b), "two layers must not share their masks");
  }

  @Test
  void embeddingPicksRows() {
    Embedding e = new Embedding(5, 3);
    Tensor y = e.call(Tensor.of(new long[] {4, 0, 4, 1}, 2, 2));
    assertArrayEquals(new long[] {2, 2, 3}, y.shape());
    float[] w = e.weight().tensor().toFloats();
    assertEquals(w[4 * 3 + 1], y.toFloats()[1]);
    assertEquals(w[1], y.toFloats()[4]);
    y.sum().backward();
    assertArrayEquals(
        new float[] {1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 2, 2, 2}, e.weight().grad().toFloats());
  }

  @Test
  void anIndexBeyondTheTableIsRefusedByName() {
    Sequential model = new Sequential(new Embedding(5, 3));
    for (long wrong : new long[] {5, -1}) {
      Tensor at = Tensor.of(new long[] {0, wrong}, 2);
      LayerException e = assertThrows(LayerException.class, () -> model.call(at));
      assertTrue(
          e.getMessage().startsWith("Embedding expects indices from 0 to 4: "), e.getMessage());
      assertEquals("0", e.path());
    }
  }

  @Test
  void geluIsTheExactOne() {
    Tensor y = new GELU().call(Tensor.of(new double[] {-1, 0, 2}, 3));
    assertArrayEquals(
        new double[] {-0.15865525393145707, 0, 1.9544997361036416}, y.toDoubles(), 1e-12);
  }

  @Test
  void pixelShuffle() {
    Tensor y =
        new PixelShuffle(2).call(Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 4, 1, 2));
    assertArrayEquals(new long[] {1, 1, 2, 4}, y.shape());
    assertArrayEquals(new float[] {1, 3, 2, 4, 5, 7, 6, 8}, y.toFloats());
  }

  @Test
  void aWrongShapeNamesLayerAndPath() {
    Sequential head = new Sequential(new Flatten(), new ReLU(), new Linear(512, 2));
    Module model = new Sequential(new Identity(), head);
    LayerException e = assertThrows(LayerException.class, () -> model.call(Tensor.zeros(32, 256)));
    assertEquals("Linear expects [*, 512], got [32, 256] in 1.2", e.getMessage());
    e =
        assertThrows(
            LayerException.class, () -> new Conv2d(3, 8, 3).call(Tensor.zeros(2, 1, 8, 8)));
    assertEquals("Conv2d expects [N, 3, H, W], got [2, 1, 8, 8]", e.getMessage());
    e = assertThrows(LayerException.class, () -> new BatchNorm1d(8).call(Tensor.zeros(2, 7)));
    assertEquals("BatchNorm1d expects [N, 8] or [N, 8, L], got [2, 7]", e.getMessage());
    e = assertThrows(LayerException.class, () -> new LayerNorm(4, 3).call(Tensor.zeros(4, 2)));
    assertEquals("LayerNorm expects [*, 4, 3], got [4, 2]", e.getMessage());
    e = assertThrows(LayerException.class, () -> new ReLU().call(Tensor.zeros(1), Tensor.zeros(1)));
    assertEquals("ReLU expects one input, got 2", e.getMessage());
  }

  @Test
  void aSharedModuleIsNamedByTheParentThatRanIt() {
    Sequential inner = new Sequential(new Identity(), new Linear(4, 4));
    Map<String, Module> named = new LinkedHashMap<>();
    named.put("encoder", inner);
    Module first = Sequential.named(named);
    Module second = new Sequential(inner);
    Tensor wrong = Tensor.zeros(1, 3);
    assertEquals("encoder.1", assertThrows(LayerException.class, () -> first.call(wrong)).path());
    assertEquals("0.1", assertThrows(LayerException.class, () -> second.call(wrong)).path());
  }

  @Test
  void groupsMustDivideChannels() {
    assertThrows(
        IllegalArgumentException.class, () -> new Conv2d(3, 4, 3, Conv2dOptions.DEFAULT.groups(2)));
  }
}
