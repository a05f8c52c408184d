package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.testing.GradCheck.check;
import static org.onecycle.testing.GradCheck.leaf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onecycle.array.DType;

class SoftmaxTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, -1})
  void sumsToOneAlongEveryAxis(int axis) {
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      Tensor x = ConvTest.values(1, type, 3, 5, 4).mul(4);
      double[] p = naive(x, axis < 0 ? axis + 3 : axis);
      double[] logs = p.clone();
      for (int i = 0; i < p.length; i++) {
        logs[i] = Math.log(p[i]);
      }
      Naive.assertSame(new Naive.Result(p, 3, 5, 4), F.softmax(x, axis));
      Naive.assertSame(new Naive.Result(logs, 3, 5, 4), F.logSoftmax(x, axis));
    }
    check(v -> F.softmax(v[0], axis), leaf(1, 3, 5, 4));
    check(v -> F.logSoftmax(v[0], axis), leaf(1, 3, 5, 4));
    check(v -> F.logSumExp(v[0], axis), leaf(1, 3, 5, 4));
  }

  private static double[] naive(Tensor x, int axis) {
    long[] shape = x.shape();
    int inner = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      inner *= (int) shape[i];
    }
    int n = (int) shape[axis];
    double[] v = x.toDoubles();
    double[] p = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      int first = i / (inner * n) * inner * n + i % inner;
      double sum = 0;
      for (int k = 0; k < n; k++) {
        sum += Math.exp(v[first + k * inner] - v[i]);
      }
      p[i] = 1 / sum;
    }
    return p;
  }

  @Test
  void gradientsInFloatAgreeWithDouble() {
    double[][] g = new double[2][];
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      Tensor x = ConvTest.values(1, type, 6, 9).mul(3).detach().requiresGrad(true);
      Tensor y = F.logSoftmax(x, 1).add(F.softmax(x, 1));
      y.mul(ConvTest.values(2, type, 6, 9)).sum().backward();
      g[type == DType.FLOAT ? 0 : 1] = x.grad().toDoubles();
    }
    assertArrayEquals(g[1], g[0], 1e-5);
  }

  @Test
  void logSumExpHoldsAtTheEnds() {
    double inf = Double.POSITIVE_INFINITY;
    Tensor x = Tensor.of(new double[] {1000, 1000, -inf, -inf, -1000, -inf, inf, 3}, 4, 2);
    double[] y = F.logSumExp(x, 1).toDoubles();
    assertArrayEquals(new double[] {1000 + Math.log(2), -inf, -1000, inf}, y, 1e-12);
  }

  @Test
  void nllLossPicksEachItemsClass() {
    Tensor logp = leaf(1, 4, 3);
    Tensor target = Tensor.of(new long[] {2, -100, 0, 1}, 4);
    Tensor weight = Tensor.of(new double[] {1, 2, 5}, 3);
    double[] v = logp.toDoubles();
    double[] each = F.nllLoss(logp, target, weight, -100).toDoubles();
    assertArrayEquals(new double[] {-5 * v[2], 0, -v[6], -2 * v[10]}, each, 1e-12);
    double[] plain = F.nllLoss(logp, target, null, -100).toDoubles();
    assertArrayEquals(new double[] {-v[2], 0, -v[6], -v[10]}, plain, 1e-12);
    check(x -> F.nllLoss(x[0], target, weight, -100), logp);
  }

  @Test
  void anIgnoredItemIsZeroAlsoWhereItsProbabilityIs() {
    float inf = Float.POSITIVE_INFINITY;
    Tensor logp = Tensor.of(new float[] {-inf, 0, -inf, 0}, 2, 2).requiresGrad(true);
    Tensor loss = F.nllLoss(logp, Tensor.of(new long[] {9, 1}, 2), null, 9);
    assertArrayEquals(new float[] {0, 0}, loss.abs().toFloats());
    loss.sum().backward();
    assertArrayEquals(new float[] {0, 0, 0, -1}, logp.grad().toFloats());
  }

  @Test
  void nllLossSaysWhatIsWrong() {
    Tensor logp = Tensor.zeros(2, 3);
    assertTrue(
        message(() -> F.nllLoss(logp, Tensor.of(new long[] {0, 3}, 2), null, -1))
            .contains("from 0 to 2, got 3"));
    assertTrue(
        message(() -> F.nllLoss(logp, Tensor.of(new long[] {0}, 1), null, -1)).contains("[2, 3]"));
    assertTrue(
        message(() -> F.nllLoss(logp, Tensor.of(new long[] {0, 1}, 2), Tensor.ones(2), -1))
            .contains("[3], got [2]"));
  }

  @Test
  void extremeLogitsKeepTheirGradient() {
    Tensor x = Tensor.of(new float[] {0, 200}, 1, 2).requiresGrad(true);
    Tensor loss = F.nllLoss(F.logSoftmax(x, 1), Tensor.of(new long[] {0}, 1), null, -100);
    assertEquals(200, loss.sum().item());
    loss.sum().backward();
    assertArrayEquals(new float[] {-1, 1}, x.grad().toFloats(), 1e-6f);
  }

  private static String message(org.junit.jupiter.api.function.Executable e) {
    return assertThrows(IllegalArgumentException.class, e).getMessage();
  }
}
