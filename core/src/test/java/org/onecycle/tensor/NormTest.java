package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.testing.GradCheck.check;
import static org.onecycle.testing.GradCheck.leaf;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.MemoryUse;
import org.onecycle.array.Scope;
import org.onecycle.backend.Backends;
import org.onecycle.backend.GradMask;
import org.onecycle.backend.Grads;
import org.onecycle.backend.NormKernels;

class NormTest {
  private static final double EPS = 1e-5;

  static Stream<long[]> shapes() {
    return Stream.of(
        new long[] {5, 3}, new long[] {4, 3, 5}, new long[] {2, 3, 3, 4}, new long[] {1, 2, 1, 3});
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void normalisesEachChannel(long[] shape) {
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      Tensor x = ConvTest.values(1, type, shape).mul(3).add(5);
      int c = (int) shape[1];
      Tensor w = ConvTest.values(2, type, c);
      Tensor b = ConvTest.values(3, type, c);
      Tensor mean = Tensor.full(0.5, type, c);
      Tensor variance = Tensor.full(2, type, c);
      Tensor y = F.batchNorm(x, w, b, mean, variance, true, 0.1, EPS);
      double[][] s = statistics(x);
      Naive.assertSame(normalised(x, w, b, s[0], s[1]), y);
      double n = (double) x.numel() / c;
      for (int i = 0; i < c; i++) {
        assertEquals(0.9 * 0.5 + 0.1 * s[0][i], mean.toDoubles()[i], 1e-5);
        assertEquals(0.9 * 2 + 0.1 * s[1][i] * n / (n - 1), variance.toDoubles()[i], 1e-5);
      }
      double[] m = mean.toDoubles();
      double[] v = variance.toDoubles();
      Tensor fixed = F.batchNorm(x, w, b, mean, variance, false, 0.1, EPS);
      Naive.assertSame(normalised(x, w, b, m, v), fixed);
      assertArrayEquals(m, mean.toDoubles());
      Naive.assertSame(
          normalised(x, null, null, s[0], s[1]),
          F.batchNorm(x, null, null, null, null, false, 0.1, EPS));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradientsAreFiniteDifferences(long[] shape) {
    int c = (int) shape[1];
    Tensor mean = ConvTest.values(4, DType.DOUBLE, c);
    Tensor variance = ConvTest.values(5, DType.DOUBLE, c).square().add(0.5);
    check(
        v -> F.batchNorm(v[0], v[1], v[2], null, null, true, 0.1, EPS),
        leaf(1, shape),
        leaf(2, c),
        leaf(3, c));
    check(v -> F.batchNorm(v[0], null, null, null, null, true, 0.1, EPS), leaf(1, shape));
    check(
        v -> F.batchNorm(v[0], v[1], v[2], mean, variance, false, 0.1, EPS),
        leaf(1, shape),
        leaf(2, c),
        leaf(3, c));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void floatGradientsAgreeWithDouble(long[] shape) {
    double[][] d = grads(DType.DOUBLE, shape);
    double[][] f = grads(DType.FLOAT, shape);
    for (int i = 0; i < d.length; i++) {
      assertArrayEquals(d[i], f[i], 2e-4);
    }
  }

  private static double[][] grads(DType type, long[] shape) {
    int c = (int) shape[1];
    Tensor x = ConvTest.values(1, type, shape).requiresGrad(true);
    Tensor w = ConvTest.values(2, type, c).requiresGrad(true);
    Tensor b = ConvTest.values(3, type, c).requiresGrad(true);
    Tensor weights = ConvTest.values(4, type, shape);
    F.batchNorm(x, w, b, null, null, true, 0.1, 1e-2).mul(weights).sum().backward();
    return new double[][] {x.grad().toDoubles(), w.grad().toDoubles(), b.grad().toDoubles()};
  }

  @Test
  void frozenWeightsCostNoGradient() {
    NormKernels k = Backends.current().norm();
    Array x = ConvTest.values(1, DType.FLOAT, 4, 3, 5).value();
    Array w = ConvTest.values(2, DType.FLOAT, 3).value();
    NormKernels.Stats stats = k.batchNorm(x, w, null, EPS).stats();
    GradMask onlyX = new GradMask(true, false, false);
    Grads g = k.batchNormGrad(x, x, w, stats, EPS, onlyX);
    assertNull(g.weight());
    assertNull(g.bias());
    Grads all = k.batchNormGrad(x, x, w, stats, EPS, GradMask.ALL);
    assertArrayEquals(Tensor.of(all.x()).toFloats(), Tensor.of(g.x()).toFloats());
    Grads fixed =
        k.batchNormFixedGrad(
            x, x, w, stats.mean(), stats.variance(), EPS, new GradMask(false, true, false));
    assertNull(fixed.x());
    assertArrayEquals(Tensor.of(all.weight()).toFloats(), Tensor.of(fixed.weight()).toFloats());
  }

  @Test
  void valuesFarFromZeroKeepTheirVariance() {
    Tensor exact = ConvTest.values(1, DType.DOUBLE, 8, 3, 40, 40).add(4000);
    Tensor x = exact.to(DType.FLOAT);
    Tensor y = F.batchNorm(x, null, null, null, null, true, 0.1, EPS);
    double[][] s = statistics(x);
    double[] expected = normalised(x, null, null, s[0], s[1]).values();
    assertArrayEquals(expected, y.toDoubles(), 5e-4);
  }

  @Test
  void aConstantChannelIsNoDivisionByZero() {
    Tensor x = Tensor.full(7, DType.FLOAT, 3, 2, 4).requiresGrad(true);
    Tensor y = F.batchNorm(x, null, null, null, null, true, 0.1, EPS);
    y.square().sum().backward();
    assertEquals(0, y.abs().max().item());
    assertEquals(0, x.grad().abs().max().item());
  }

  @Test
  void oneValueAChannelIsAnError() {
    String m = message(() -> batchNorm(Tensor.ones(1, 3), 3));
    assertTrue(m.contains("more than 1 value per channel") && m.contains("[1, 3]"), m);
    message(() -> batchNorm(Tensor.ones(1, 3, 1, 1), 3));
    m = message(() -> batchNorm(Tensor.ones(2, 4, 5), 3));
    assertTrue(m.contains("[4]") && m.contains("[3]"), m);
    Tensor zero = Tensor.zeros(3);
    F.batchNorm(Tensor.ones(1, 3), zero, zero, zero, Tensor.ones(3), false, 0.1, EPS);
  }

  private static Tensor batchNorm(Tensor x, int c) {
    return F.batchNorm(x, Tensor.ones(c), Tensor.zeros(c), null, null, true, 0.1, EPS);
  }

  @Test
  void theFrozenGradientUsesTheStatisticsOfItsForwardPass() {
    Tensor x = leaf(1, 4, 2, 3);
    Tensor mean = Tensor.full(0, DType.DOUBLE, 2);
    Tensor variance = Tensor.full(4, DType.DOUBLE, 2);
    Tensor y = F.batchNorm(x, null, null, mean, variance, false, 0.1, 0);
    F.batchNorm(x.detach(), null, null, mean, variance, true, 1, 0);
    y.sum().backward();
    assertEquals(0.5, x.grad().toDoubles()[0], 1e-12);
  }

  @Test
  void layerNormNormalisesRows() {
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      Tensor x = ConvTest.values(1, type, 3, 4, 5);
      Tensor w = ConvTest.values(2, type, 4, 5);
      Tensor b = ConvTest.values(3, type, 4, 5);
      double[] v = x.toDoubles();
      double[] expected = new double[v.length];
      for (int r = 0; r < 3; r++) {
        double mean = 0;
        double variance = 0;
        for (int i = 0; i < 20; i++) {
          mean += v[r * 20 + i] / 20;
        }
        for (int i = 0; i < 20; i++) {
          variance += Math.pow(v[r * 20 + i] - mean, 2) / 20;
        }
        for (int i = 0; i < 20; i++) {
          double hat = (v[r * 20 + i] - mean) / Math.sqrt(variance + EPS);
          expected[r * 20 + i] = hat * w.toDoubles()[i] + b.toDoubles()[i];
        }
      }
      Naive.assertSame(new Naive.Result(expected, 3, 4, 5), F.layerNorm(x, 2, w, b, EPS));
    }
    check(v -> F.layerNorm(v[0], 1, v[1], v[2], EPS), leaf(1, 3, 2, 5), leaf(2, 5), leaf(3, 5));
    check(v -> F.layerNorm(v[0], 2, v[1], null, EPS), leaf(1, 3, 2, 5), leaf(2, 2, 5));
    check(v -> F.layerNorm(v[0], 1, null, null, EPS), leaf(1, 7, 3));
    assertTrue(
        message(() -> F.layerNorm(Tensor.ones(2, 3), 1, Tensor.ones(2), null, EPS))
            .contains("[3], got [2]"));
  }

  @Test
  void stepsLeaveNoMemoryBehind() {
    Tensor x = Tensor.randn(new Rng(1), 4, 3, 16, 16);
    Tensor w = Tensor.randn(new Rng(2), 8, 3, 3, 3).requiresGrad(true);
    Tensor g = Tensor.ones(8).requiresGrad(true);
    Tensor b = Tensor.zeros(8).requiresGrad(true);
    Tensor mean = Tensor.zeros(8);
    Tensor variance = Tensor.ones(8);
    step(x, w, g, b, mean, variance);
    long before = MemoryUse.now().used();
    for (int i = 0; i < 50; i++) {
      step(x, w, g, b, mean, variance);
      // Less is possible: the collector may free what other tests left.
      long now = MemoryUse.now().used();
      assertTrue(now <= before, now + " bytes after step " + i + ", before " + before);
    }
  }

  private static void step(Tensor x, Tensor w, Tensor g, Tensor b, Tensor mean, Tensor variance) {
    try (Scope s = Scope.open()) {
      Tensor y = F.conv2d(x, w, null, 1, 1);
      y = F.maxPool2d(F.batchNorm(y, g, b, mean, variance, true, 0.1, EPS).relu(), 3, 2, 1);
      F.adaptiveMaxPool2d(y, 1, 1).square().mean().backwardReleasing();
    }
  }

  private static double[][] statistics(Tensor x) {
    int c = (int) x.size(1);
    int inner = (int) (x.numel() / x.size(0) / c);
    double n = (double) x.numel() / c;
    double[] v = x.toDoubles();
    double[] mean = new double[c];
    double[] variance = new double[c];
    for (int i = 0; i < v.length; i++) {
      mean[i / inner % c] += v[i] / n;
    }
    for (int i = 0; i < v.length; i++) {
      variance[i / inner % c] += Math.pow(v[i] - mean[i / inner % c], 2) / n;
    }
    return new double[][] {mean, variance};
  }

  private static Naive.Result normalised(
      Tensor x, Tensor w, Tensor b, double[] mean, double[] variance) {
    int c = (int) x.size(1);
    int inner = (int) (x.numel() / x.size(0) / c);
    double[] v = x.toDoubles();
    for (int i = 0; i < v.length; i++) {
      int k = i / inner % c;
      v[i] = (v[i] - mean[k]) / Math.sqrt(variance[k] + EPS);
      v[i] = v[i] * (w == null ? 1 : w.toDoubles()[k]) + (b == null ? 0 : b.toDoubles()[k]);
    }
    return new Naive.Result(v, x.shape());
  }

  private static String message(org.junit.jupiter.api.function.Executable e) {
    return assertThrows(IllegalArgumentException.class, e).getMessage();
  }

  @Test
  void theFusedReluHasTheGradientsOfTheTwo() {
    for (long[] shape : new long[][] {{4, 3, 5}, {5, 3}, {2, 16, 3, 3}}) {
      Tensor x = leaf(1, shape);
      Tensor w = leaf(2, shape[1]);
      Tensor b = leaf(3, shape[1]);
      check(t -> F.batchNormRelu(t[0], t[1], t[2], null, null, 0.1, EPS), x, w, b);
      Tensor fx = ConvTest.values(1, DType.FLOAT, shape);
      Tensor fw = ConvTest.values(2, DType.FLOAT, shape[1]);
      assertArrayEquals(
          F.batchNorm(fx, fw, null, null, null, true, 0.1, EPS).relu().toFloats(),
          F.batchNormRelu(fx, fw, null, null, null, 0.1, EPS).toFloats(),
          1e-5f);
    }
  }
}
