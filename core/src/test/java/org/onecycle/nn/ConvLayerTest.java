package org.onecycle.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onecycle.array.DType;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.ModuleGradCheck;

class ConvLayerTest {
  private static List<String> kinds(Module m) {
    return m.children().values().stream().map(Module::kind).toList();
  }

  @Test
  @DisplayName("a bias is there only without batch norm, padding keeps the size")
  void defaults() {
    ConvLayer layer = new ConvLayer(4, 8);
    assertEquals(List.of("Conv2d", "BatchNorm2d", "ReLU"), kinds(layer));
    assertEquals(
        List.of("0.weight", "1.weight", "1.bias"), List.copyOf(layer.namedParameters().keySet()));
    assertArrayEquals(
        new long[] {2, 8, 5, 7}, layer.call(Tensor.randn(new Rng(1), 2, 4, 5, 7)).shape());
    ConvLayer plain = new ConvLayer(4, 8, ConvLayerOptions.norm(NormType.NONE).withStride(2));
    assertEquals(List.of("0.weight", "0.bias"), List.copyOf(plain.namedParameters().keySet()));
    assertArrayEquals(
        new long[] {2, 8, 3, 4}, plain.call(Tensor.randn(new Rng(1), 2, 4, 5, 7)).shape());
    assertEquals(
        List.of("Conv2d", "ReLU", "BatchNorm2d"),
        kinds(new ConvLayer(4, 8, ConvLayerOptions.DEFAULT.withBnFirst(false))));
  }

  @Test
  @DisplayName("first values: within sqrt(6 / fan_in) before ReLU, within 1 / sqrt(fan_in) else")
  void firstValues() {
    double fan = 16 * 9;
    assertEquals(Math.sqrt(6 / fan), largest(new ConvLayer(16, 64).get(0)), 1e-3);
    ConvLayer linear = new ConvLayer(16, 64, ConvLayerOptions.DEFAULT.withAct(null));
    assertEquals(Math.sqrt(1 / fan), largest(linear.get(0)), 1e-3);
    ConvLayer biased = new ConvLayer(16, 512, ConvLayerOptions.norm(NormType.NONE));
    float[] bias = ((Conv2d) biased.get(0)).bias().tensor().toFloats();
    double square = 0;
    for (float b : bias) {
      square += b * b;
    }
    assertEquals(.01, Math.sqrt(square / bias.length), .001);
  }

  private static double largest(Module conv) {
    double max = 0;
    for (float w : conv.ownParameters().get("weight").tensor().toFloats()) {
      max = Math.max(max, Math.abs(w));
    }
    return max;
  }

  @Test
  @DisplayName("transposed with stride 2 and kernel 2 doubles the size")
  void transposed() {
    ConvLayerOptions up = ConvLayerOptions.DEFAULT.withTranspose(true).withStride(2);
    ConvLayer layer = new ConvLayer(4, 8, 2, up);
    assertEquals("ConvTranspose2d", layer.get(0).kind());
    assertArrayEquals(
        new long[] {2, 8, 10, 14}, layer.call(Tensor.randn(new Rng(1), 2, 4, 5, 7)).shape());
    assertThrows(
        IllegalArgumentException.class,
        () -> new ConvLayer(4, 8, 2, up.withNorm(NormType.SPECTRAL)));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("gradients agree with finite differences")
  void gradients(NormType norm) {
    Module layer = new ConvLayer(2, 3, ConvLayerOptions.norm(norm).withAct(Tanh::new));
    for (int i = 0; i < 20; i++) {
      // The power iteration starts where the largest singular value is hardly seen.
      layer.call(Tensor.randn(new Rng(i), 2, 2, 4, 4));
    }
    // Away from training mode, in which the power iteration moves between two calls.
    layer.eval();
    ModuleGradCheck.check(
        layer, 6, Tensor.randn(new Rng(3), 2, 2, 4, 4).to(DType.DOUBLE).requiresGrad(true));
  }

  @Test
  @DisplayName("weight norm starts unchanged; its names are PyTorch's")
  void weightNorm() {
    Conv2d conv = new Conv2d(3, 5, 3);
    Tensor x = Tensor.randn(new Rng(1), 2, 3, 6, 6);
    float[] before = conv.call(x).toFloats();
    WeightNorm normed = new WeightNorm(conv);
    assertArrayEquals(before, normed.call(x).toFloats(), 1e-6f);
    assertEquals(
        List.of("bias", "weight_g", "weight_v"), List.copyOf(normed.namedParameters().keySet()));
  }

  @Test
  @DisplayName("spectral norm brings the largest singular value to 1")
  void spectralNorm() {
    SpectralNorm conv = new SpectralNorm(new Conv2d(4, 6, 1, Conv2dOptions.DEFAULT.bias(false)));
    assertEquals(
        List.of("weight_orig", "weight_u", "weight_v"), List.copyOf(conv.stateDict().keySet()));
    Tensor x = Tensor.randn(new Rng(1), 1, 4, 2, 2);
    for (int i = 0; i < 200; i++) {
      conv.call(x);
    }
    conv.eval();
    float[] settled = conv.stateDict().get("weight_u").toFloats();
    Tensor w = conv.weight().reshape(6, 4);
    Tensor v = Tensor.randn(new Rng(2), 4);
    for (int i = 0; i < 200; i++) {
      v = v.matmul(w.transpose(0, 1)).matmul(w);
      v = v.div(Math.sqrt(v.square().sum().item()));
    }
    assertEquals(1, Math.sqrt(w.matmul(v).square().sum().item()), 1e-4);
    conv.call(x);
    assertArrayEquals(settled, conv.stateDict().get("weight_u").toFloats());
  }

  @Test
  @DisplayName("a residual block starts as the identity, then ReLU; names are fastai's")
  void resBlock() {
    ResBlock block = new ResBlock(4, 4);
    Tensor x = Tensor.randn(new Rng(1), 2, 4, 6, 6);
    // The last batch norm's weight is 0 and its bias 1e-3.
    assertArrayEquals(x.add(1e-3).relu().toFloats(), block.call(x).toFloats(), 1e-6f);
    ResBlock smaller = new ResBlock(1, 4, 8, ConvLayerOptions.DEFAULT.withStride(2));
    assertArrayEquals(
        new long[] {2, 8, 4, 3}, smaller.call(Tensor.randn(new Rng(1), 2, 4, 7, 6)).shape());
    assertTrue(smaller.namedParameters().containsKey("convpath.1.0.weight"));
    assertTrue(smaller.namedParameters().containsKey("idpath.1.0.weight"));
    ResBlock wide = new ResBlock(4, 4, 4, ConvLayerOptions.DEFAULT);
    assertArrayEquals(
        new long[] {2, 16, 6, 6}, wide.call(Tensor.randn(new Rng(1), 2, 16, 6, 6)).shape());
  }
}
