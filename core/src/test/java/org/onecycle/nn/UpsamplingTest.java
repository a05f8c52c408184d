package org.onecycle.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onecycle.array.DType;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.ModuleGradCheck;

class UpsamplingTest {
  @ParameterizedTest
  @EnumSource(names = {"NONE", "WEIGHT", "SPECTRAL"})
  @DisplayName("LAY-10 every block of 2x2 pixels starts constant")
  void icnr(NormType norm) {
    PixelShuffleICNR layer = new PixelShuffleICNR(16, 16, false, norm, ReLU::new);
    Tensor y = layer.call(Tensor.randn(new Rng(1), 64, 16, 8, 8));
    assertArrayEquals(new long[] {64, 16, 16, 16}, y.shape());
    Tensor corners = y.slice(2, 0, 16, 2).slice(3, 0, 16, 2);
    for (int dy = 0; dy < 2; dy++) {
      for (int dx = 0; dx < 2; dx++) {
        float[] other = y.slice(2, dy, 16, 2).slice(3, dx, 16, 2).toFloats();
        assertArrayEquals(corners.toFloats(), other, 1e-6f);
      }
    }
    assertEquals(0, y.min().item());
    assertEquals(true, y.max().item() > .5);
  }

  @Test
  @DisplayName("blur averages each pixel with those left and above, edges repeated")
  void blur() {
    PixelShuffleICNR blurred = new PixelShuffleICNR(2, 1, true, NormType.NONE, null);
    PixelShuffleICNR sharp = new PixelShuffleICNR(2, 1, false, NormType.NONE, null);
    sharp.loadStateDict(blurred.stateDict());
    Tensor x = Tensor.randn(new Rng(2), 1, 2, 2, 2);
    float[] s = sharp.call(x).toFloats();
    float[] expected = new float[16];
    for (int i = 0; i < 16; i++) {
      int r = i / 4;
      int c = i % 4;
      int up = Math.max(0, r - 1);
      int left = Math.max(0, c - 1);
      expected[i] = (s[r * 4 + c] + s[up * 4 + c] + s[r * 4 + left] + s[up * 4 + left]) / 4;
    }
    assertArrayEquals(expected, blurred.call(x).toFloats(), 1e-6f);
  }

  @Test
  @DisplayName("LAY-08 self-attention starts as the identity; with gamma 1 it adds V softmax(QK)")
  void selfAttention() {
    SelfAttention layer = new SelfAttention(16);
    layer.eval();
    Tensor x = Tensor.randn(new Rng(1), 4, 16, 3, 5);
    assertArrayEquals(x.toFloats(), layer.call(x).toFloats());
    assertArrayEquals(new long[] {2, 16, 1}, layer.stateDict().get("query.0.weight_orig").shape());
    assertArrayEquals(new long[] {2, 16, 1}, layer.stateDict().get("key.0.weight_orig").shape());
    assertArrayEquals(new long[] {16, 16, 1}, layer.stateDict().get("value.0.weight_orig").shape());

    layer.gamma().assign(Tensor.ones(1));
    Tensor flat = x.reshape(4, 16, 15);
    Tensor q = normed(layer, "query").matmul(flat.select(0, 2));
    Tensor k = normed(layer, "key").matmul(flat.select(0, 2));
    Tensor v = normed(layer, "value").matmul(flat.select(0, 2));
    Tensor expected = v.matmul(F.softmax(q.transpose(0, 1).matmul(k), 0)).add(flat.select(0, 2));
    assertArrayEquals(expected.toFloats(), layer.call(x).select(0, 2).toFloats(), 1e-4f);
  }

  private static Tensor normed(SelfAttention layer, String which) {
    Tensor w = layer.stateDict().get(which + ".0.weight_orig");
    Tensor u = layer.stateDict().get(which + ".0.weight_u");
    Tensor v = layer.stateDict().get(which + ".0.weight_v");
    Tensor matrix = w.squeeze(2);
    return matrix.div(u.matmul(matrix.matmul(v)).item());
  }

  @Test
  @DisplayName("the gradients of self-attention agree with finite differences")
  void attentionGradient() {
    SelfAttention layer = new SelfAttention(8);
    layer.eval();
    layer.gamma().assign(Tensor.ones(1));
    Tensor x = Tensor.randn(new Rng(1), 2, 8, 2, 3).to(DType.DOUBLE).requiresGrad(true);
    ModuleGradCheck.check(layer, 5, x);
  }

  @Test
  @DisplayName("LAY-11 SequentialEx with MergeLayer adds its input; Cat joins channels")
  void merge() {
    Module conv1 = new Conv2d(4, 4, 3, Conv2dOptions.of(1, 1));
    Module conv2 = new Conv2d(4, 4, 3, Conv2dOptions.of(1, 1));
    Tensor x = Tensor.randn(new Rng(1), 2, 4, 5, 5);
    SequentialEx chain = new SequentialEx(conv1, conv2, new MergeLayer());
    assertArrayEquals(x.add(conv2.call(conv1.call(x))).toFloats(), chain.call(x).toFloats(), 1e-6f);
    assertEquals("layers.0.weight", List.copyOf(chain.namedParameters().keySet()).get(0));
    SequentialEx dense = new SequentialEx(conv1, new MergeLayer(true));
    assertArrayEquals(Tensor.cat(1, conv1.call(x), x).toFloats(), dense.call(x).toFloats(), 1e-6f);

    Cat cat = new Cat(new ConvLayer(2, 4), new ConvLayer(2, 4), new ConvLayer(2, 4));
    assertArrayEquals(
        new long[] {1, 12, 8, 8}, cat.call(Tensor.randn(new Rng(1), 1, 2, 8, 8)).shape());
  }

  @Test
  @DisplayName("ResizeToOrig gives the original's size, by nearest neighbours")
  void resize() {
    SequentialEx chain = new SequentialEx(new AvgPool2d(2), new ResizeToOrig());
    Tensor x = Tensor.randn(new Rng(1), 1, 2, 5, 7);
    assertArrayEquals(
        F.interpolateNearest(F.avgPool2d(x, 2, 2, 0), 5, 7).toFloats(), chain.call(x).toFloats());
    assertThrows(IllegalArgumentException.class, () -> new ResizeToOrig().call(x));
    assertArrayEquals(new long[] {1, 2, 15, 21}, new UpsampleNearest(3).call(x).shape());
  }

  @Test
  @DisplayName("LAY-13 inChannels looks at the first convolution")
  void inChannels() {
    assertEquals(5, ModelInfo.inChannels(new Sequential(new ConvLayer(5, 4), new ConvLayer(4, 3))));
    assertEquals(4, ModelInfo.inChannels(new Sequential(new AvgPool2d(4), new ConvLayer(4, 3))));
    assertThrows(
        IllegalArgumentException.class, () -> ModelInfo.inChannels(new Sequential(new ReLU())));
  }
}
