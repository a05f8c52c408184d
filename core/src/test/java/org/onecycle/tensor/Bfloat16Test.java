package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.onecycle.array.DType;
import org.onecycle.backend.Conv2dSpec;
import org.onecycle.backend.Pool2dSpec;

/** Layers on BFLOAT16 with FLOAT weights compute what they compute in FLOAT, within rounding. */
@DisabledIfSystemProperty(
    named = "onecycle.backend",
    matches = "nd4j",
    disabledReason = "mixed precision is oneDNN's")
class Bfloat16Test {
  /** BFLOAT16 has eight significant bits; results are sums of rounded products. */
  private static final double ROUNDING = 1 / 64.0;

  private interface Layer {
    Tensor of(Tensor x, Tensor w, Tensor b);
  }

  private record Case(long[] x, long[] w, long[] b, Layer layer) {}

  private static Case of(Layer layer, long[] x, long[] w, long... b) {
    return new Case(x, w, b.length == 0 ? null : b, layer);
  }

  private static long[] shape(long... sizes) {
    return sizes;
  }

  private static Map<String, Case> cases() {
    long[] picture = {2, 16, 8, 6};
    Map<String, Case> all = new LinkedHashMap<>();
    all.put("conv2d", of((x, w, b) -> F.conv2d(x, w, b, 2, 1), picture, shape(32, 16, 3, 3), 32));
    all.put(
        "few channels",
        of((x, w, b) -> F.conv2d(x, w, b, 1, 1), shape(2, 3, 8, 8), shape(5, 3, 3, 3), 5));
    all.put(
        "groups",
        of(
            (x, w, b) -> F.conv2d(x, w, null, Conv2dSpec.of(1, 1).withGroups(2)),
            picture,
            shape(8, 8, 3, 3)));
    all.put(
        "convTranspose2d",
        of(
            (x, w, b) -> F.convTranspose2d(x, w, b, Conv2dSpec.of(2, 0), 0, 0),
            picture,
            shape(16, 4, 2, 2),
            4));
    all.put(
        "batchNorm",
        of((x, w, b) -> F.batchNorm(x, w, b, null, null, true, .1, 1e-2), picture, shape(16), 16));
    all.put(
        "batchNorm of rows",
        of(
            (x, w, b) -> F.batchNorm(x, w, b, null, null, true, .1, 1e-2),
            shape(9, 4),
            shape(4),
            4));
    all.put(
        "layerNorm", of((x, w, b) -> F.layerNorm(x, 1, w, b, 1e-2), shape(5, 12), shape(12), 12));
    all.put("linear", of(F::linear, shape(7, 20), shape(5, 20), 5));
    all.put("linear of rows", of((x, w, b) -> F.linear(x, w, null), shape(2, 3, 20), shape(5, 20)));
    all.put("matmul", of((x, w, b) -> x.matmul(w), shape(3, 4, 6), shape(6, 5)));
    all.put("relu", of((x, w, b) -> x.relu(), picture, null));
    all.put("tanh", of((x, w, b) -> x.tanh(), picture, null));
    all.put("exp", of((x, w, b) -> x.exp(), picture, null));
    all.put("maxPool2d", of((x, w, b) -> F.maxPool2d(x, Pool2dSpec.of(3, 2, 1)), picture, null));
    all.put("avgPool2d", of((x, w, b) -> F.avgPool2d(x, 2, 2, 0), picture, null));
    all.put("adaptiveAvgPool2d", of((x, w, b) -> F.adaptiveAvgPool2d(x, 1, 1), picture, null));
    all.put("uneven bins", of((x, w, b) -> F.adaptiveAvgPool2d(x, 3, 5), picture, null));
    all.put("adaptiveMaxPool2d", of((x, w, b) -> F.adaptiveMaxPool2d(x, 3, 4), picture, null));
    all.put("sum and join", of((x, w, b) -> Tensor.cat(1, x.add(x), x.mul(2)), picture, null));
    all.put("cut and turned", of((x, w, b) -> x.slice(1, 3, 9).permute(2, 0, 3, 1), picture, null));
    all.put("softmax", of((x, w, b) -> F.softmax(x, 1), shape(4, 10), null));
    all.put("logSoftmax", of((x, w, b) -> F.logSoftmax(x, 1), shape(4, 10), null));
    all.put("mean", of((x, w, b) -> x.mean(2, 3), picture, null));
    all.put("with FLOAT", of((x, w, b) -> x.mul(w).add(b), picture, shape(16, 1, 1), 16, 1, 1));
    all.put("pixelShuffle", of((x, w, b) -> F.pixelShuffle(x, 2), picture, null));
    all.put("interpolate", of((x, w, b) -> F.interpolateBilinear(x, 5, 9, false), picture, null));
    return all;
  }

  /** Results and gradients of input, weight and bias. */
  private static double[][] run(Case c, DType dtype) {
    Tensor values = ConvTest.values(1, DType.FLOAT, c.x).to(DType.BFLOAT16);
    Tensor x = values.to(dtype).copy().requiresGrad(true);
    Tensor w = leaf(2, c.w);
    Tensor b = leaf(3, c.b);
    Tensor y = c.layer.of(x, w, b);
    Tensor weights = ConvTest.values(4, DType.FLOAT, y.shape()).to(DType.BFLOAT16).to(y.dtype());
    y.mul(weights).to(DType.FLOAT).sum().backward();
    assertSame(dtype, x.grad().dtype());
    for (Tensor t : new Tensor[] {w, b}) {
      assertTrue(t == null || t.grad() == null || t.grad().dtype() == DType.FLOAT);
    }
    return Stream.of(y, x.grad(), w == null ? null : w.grad(), b == null ? null : b.grad())
        .map(t -> t == null ? new double[0] : t.toDoubles())
        .toArray(double[][]::new);
  }

  private static Tensor leaf(long seed, long[] shape) {
    return shape == null
        ? null
        : ConvTest.values(seed, DType.FLOAT, shape).mul(.5).detach().requiresGrad(true);
  }

  @TestFactory
  Stream<DynamicTest> agreesWithFloat() {
    return cases().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> agrees(e.getValue())));
  }

  private static void agrees(Case c) {
    double[][] exact = run(c, DType.FLOAT);
    double[][] rounded = run(c, DType.BFLOAT16);
    for (int i = 0; i < exact.length; i++) {
      double size = 1e-3 + Math.sqrt(Arrays.stream(exact[i]).map(v -> v * v).average().orElse(0));
      double error = 0;
      for (int k = 0; k < exact[i].length; k++) {
        error = Math.max(error, Math.abs(exact[i][k] - rounded[i][k]));
      }
      assertTrue(
          error <= 4 * ROUNDING * size, "array " + i + " is off by " + error + " of " + size);
    }
  }

  @Test
  void blocksOfEitherTypeBecomePlain() {
    Tensor x = ConvTest.values(1, DType.FLOAT, 2, 16, 5, 5).to(DType.BFLOAT16);
    Tensor y = F.conv2d(x, leaf(2, shape(32, 16, 3, 3)), null, 1, 1);
    assertSame(DType.BFLOAT16, y.dtype());
    double[] rounded = y.to(DType.FLOAT).toDoubles();
    assertEquals(0, worst(rounded, y.toDoubles()));
    assertEquals(0, worst(rounded, y.to(DType.DOUBLE).toDoubles()));
  }

  private static double worst(double[] a, double[] b) {
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs(a[i] - b[i]));
    }
    return worst;
  }

  @Test
  void meetsFloatButNotDouble() {
    Tensor half = Tensor.full(1.5, DType.BFLOAT16, 2);
    assertSame(DType.FLOAT, half.add(Tensor.ones(2)).dtype());
    assertEquals(5, half.add(Tensor.ones(2)).sum().item());
    assertThrows(IllegalArgumentException.class, () -> half.add(Tensor.full(1, DType.DOUBLE, 2)));
  }
}
