package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.testing.GradCheck.check;
import static org.onecycle.testing.GradCheck.leaf;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.onecycle.array.DType;
import org.onecycle.backend.Pool2dSpec;

class PoolTest {
  static Stream<Pool2dSpec> specs() {
    return Stream.of(
        Pool2dSpec.of(2, 2, 0),
        Pool2dSpec.of(3, 2, 1),
        Pool2dSpec.of(3, 1, 1),
        Pool2dSpec.of(3, 2, 1).withCountIncludePad(false),
        Pool2dSpec.of(2, 2, 0).withCeilMode(true),
        Pool2dSpec.of(3, 2, 1).withCeilMode(true),
        Pool2dSpec.of(2, 3, 1).withCeilMode(true),
        Pool2dSpec.of(3, 2, 1).withCeilMode(true).withCountIncludePad(false),
        new Pool2dSpec(3, 2, 1, 3, 1, 0, 1, 1, false, true),
        new Pool2dSpec(1, 3, 2, 2, 0, 1, 1, 1, true, false));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void poolsAsTheDefinitionSays(Pool2dSpec s) {
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      Tensor x = ConvTest.values(1, type, 2, 3, 7, 8);
      Naive.assertSame(Naive.pool(x, s, true), F.maxPool2d(x, s));
      Naive.assertSame(Naive.pool(x, s, false), F.avgPool2d(x, s));
    }
    check(v -> F.maxPool2d(v[0], s), leaf(1, 2, 2, 7, 8));
    check(v -> F.avgPool2d(v[0], s), leaf(1, 2, 2, 7, 8));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void floatGradientsAgreeWithDouble(Pool2dSpec s) {
    Tensor x = ConvTest.values(1, DType.FLOAT, 2, 3, 7, 8).requiresGrad(true);
    Tensor d = ConvTest.values(1, DType.DOUBLE, 2, 3, 7, 8).requiresGrad(true);
    F.maxPool2d(x, s).square().add(F.avgPool2d(x, s)).sum().backward();
    F.maxPool2d(d, s).square().add(F.avgPool2d(d, s)).sum().backward();
    assertArrayEquals(d.grad().toDoubles(), x.grad().toDoubles(), 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 0, false", "3, 2, 1, false", "2, 2, 1, true"})
  void dilatedWindows(int dilation, int stride, int pad, boolean ceil) {
    Pool2dSpec s = Pool2dSpec.of(3, stride, pad).withDilation(dilation).withCeilMode(ceil);
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      Tensor x = ConvTest.values(1, type, 2, 3, 9, 8);
      Naive.assertSame(Naive.pool(x, s, true), F.maxPool2d(x, s));
    }
    check(v -> F.maxPool2d(v[0], s), leaf(1, 2, 2, 9, 8));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "3, 2", "7, 5", "9, 8", "1, 5"})
  void adaptiveBins(int outH, int outW) {
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      Tensor x = ConvTest.values(1, type, 2, 3, 7, 5);
      Naive.assertSame(Naive.adaptive(x, outH, outW, false), F.adaptiveAvgPool2d(x, outH, outW));
      Naive.assertSame(Naive.adaptive(x, outH, outW, true), F.adaptiveMaxPool2d(x, outH, outW));
    }
    check(v -> F.adaptiveAvgPool2d(v[0], outH, outW), leaf(1, 2, 2, 7, 5));
    check(v -> F.adaptiveMaxPool2d(v[0], outH, outW), leaf(1, 2, 2, 7, 5));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theFirstOfEqualMaximaHasTheGradient(Pool2dSpec s) {
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      // 16 channels, so that vector code is covered too; many ties, as after a ReLU.
      Tensor noise = ConvTest.values(3, type, 1, 16, 7, 8).relu();
      Tensor x = noise.mul(2).to(DType.INT32).to(type).detach().requiresGrad(true);
      Tensor y = F.maxPool2d(x, s);
      Tensor weights = ConvTest.values(4, type, y.shape());
      y.mul(weights).sum().backward();
      double[] expected = firstMaximumGradient(x, weights, s);
      assertArrayEquals(expected, x.grad().toDoubles(), 1e-5);
    }
  }

  private static double[] firstMaximumGradient(Tensor x, Tensor dy, Pool2dSpec s) {
    long[] xs = x.shape();
    long[] ys = dy.shape();
    double[] v = x.toDoubles();
    double[] d = dy.toDoubles();
    double[] g = new double[v.length];
    for (int o = 0; o < d.length; o++) {
      long plane = o / (ys[2] * ys[3]);
      long i = o / ys[3] % ys[2];
      long j = o % ys[3];
      int best = -1;
      for (int p = 0; p < s.kernelH(); p++) {
        for (int q = 0; q < s.kernelW(); q++) {
          long r = i * s.strideH() - s.padH() + p;
          long t = j * s.strideW() - s.padW() + q;
          if (r >= 0 && r < xs[2] && t >= 0 && t < xs[3]) {
            int at = (int) ((plane * xs[2] + r) * xs[3] + t);
            best = best < 0 || v[at] > v[best] ? at : best;
          }
        }
      }
      g[best] += d[o];
    }
    return g;
  }

  @Test
  void wrongShapesSayWhatWasExpected() {
    assertTrue(
        message(() -> F.maxPool2d(Tensor.ones(3, 8, 8), 2, 2, 0)).startsWith("maxPool2d expects"));
    assertTrue(message(() -> F.avgPool2d(Tensor.ones(1, 1, 2, 2), 3, 1, 0)).contains("0 x 0"));
    assertTrue(message(() -> Pool2dSpec.of(2, 2, 2)).contains("half"));
    assertTrue(message(() -> F.adaptiveAvgPool2d(Tensor.ones(1, 1, 2, 2), 0, 1)).contains("0 x 1"));
    assertTrue(
        message(() -> F.avgPool2d(Tensor.ones(1, 1, 9, 9), Pool2dSpec.of(3, 1, 0).withDilation(2)))
            .contains("dilation"));
  }

  private static String message(org.junit.jupiter.api.function.Executable e) {
    return assertThrows(IllegalArgumentException.class, e).getMessage();
  }
}
