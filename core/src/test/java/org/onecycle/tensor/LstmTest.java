package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.onecycle.testing.GradCheck;

/** LSTMs against a scalar loop and finite differences. */
class LstmTest {
  private static final int T = 5;
  private static final int N = 3;
  private static final int IN = 4;
  private static final int H = 2;

  private static Tensor[] leaves() {
    return new Tensor[] {
      GradCheck.leaf(1, T, N, IN),
      GradCheck.leaf(2, N, H),
      GradCheck.leaf(3, N, H),
      GradCheck.leaf(4, 4 * H, IN),
      GradCheck.leaf(5, 4 * H, H),
      GradCheck.leaf(6, 4 * H),
      GradCheck.leaf(7, 4 * H)
    };
  }

  private static LstmResult run(Tensor... p) {
    return F.lstm(p[0], p[1], p[2], p[3], p[4], p[5], p[6]);
  }

  @Test
  void isTheFormula() {
    Tensor[] p = leaves();
    double[] x = p[0].toDoubles();
    double[] h = p[1].toDoubles();
    double[] c = p[2].toDoubles();
    double[] wi = p[3].toDoubles();
    double[] wh = p[4].toDoubles();
    double[] bi = p[5].toDoubles();
    double[] bh = p[6].toDoubles();
    double[] out = new double[T * N * H];
    for (int t = 0; t < T; t++) {
      double[] next = new double[N * H];
      for (int n = 0; n < N; n++) {
        double[] z = new double[4 * H];
        for (int g = 0; g < 4 * H; g++) {
          z[g] = bi[g] + bh[g];
          for (int i = 0; i < IN; i++) {
            z[g] += wi[g * IN + i] * x[(t * N + n) * IN + i];
          }
          for (int i = 0; i < H; i++) {
            z[g] += wh[g * H + i] * h[n * H + i];
          }
        }
        for (int j = 0; j < H; j++) {
          double cell = sigmoid(z[H + j]) * c[n * H + j] + sigmoid(z[j]) * Math.tanh(z[2 * H + j]);
          c[n * H + j] = cell;
          next[n * H + j] = sigmoid(z[3 * H + j]) * Math.tanh(cell);
        }
      }
      h = next;
      System.arraycopy(h, 0, out, t * N * H, N * H);
    }
    LstmResult r = run(p);
    assertArrayEquals(new long[] {T, N, H}, r.output().shape());
    assertArrayEquals(out, r.output().toDoubles(), 1e-13);
    assertArrayEquals(h, r.h().toDoubles(), 1e-13);
    assertArrayEquals(c, r.c().toDoubles(), 1e-13);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void gradientsOfTheOutputs() {
    GradCheck.check(p -> run(p).output(), leaves());
  }

  @Test
  void gradientsOfTheLastState() {
    GradCheck.check(p -> run(p).h(), leaves());
    GradCheck.check(p -> run(p).c(), leaves());
  }

  @Test
  void gradientsOfOutputsAndStateTogether() {
    GradCheck.check(
        p -> {
          LstmResult r = run(p);
          return r.output().sum(0).mul(r.c()).add(r.h());
        },
        leaves());
  }

  @Test
  void manyRowsAreSharedOutAmongThreads() {
    int n = 3000;
    Tensor[] p = leaves();
    p[0] = GradCheck.leaf(8, 2, n, IN);
    p[1] = GradCheck.leaf(9, n, 6);
    p[2] = GradCheck.leaf(10, n, 6);
    p[3] = GradCheck.leaf(11, 24, IN);
    p[4] = GradCheck.leaf(12, 24, 6);
    p[5] = GradCheck.leaf(13, 24);
    p[6] = GradCheck.leaf(14, 24);
    double[] whole = run(p).output().toDoubles();
    Tensor[] last = p.clone();
    last[0] = p[0].detach().slice(1, n - 1, n);
    last[1] = p[1].detach().slice(0, n - 1, n);
    last[2] = p[2].detach().slice(0, n - 1, n);
    double[] alone = run(last).output().toDoubles();
    for (int j = 0; j < 6; j++) {
      assertEquals(alone[6 + j], whole[(2 * n - 1) * 6 + j], 1e-14);
    }
  }

  @Test
  void stateMayChangeBeforeTheGradientIsTaken() {
    Tensor[] p = leaves();
    run(p).output().sum().backward();
    double[] expected = p[4].grad().toDoubles();
    p[4].zeroGrad();
    Tensor h0 = p[1].detach().copy();
    Tensor sum = F.lstm(p[0], h0, p[2], p[3], p[4], p[5], p[6]).output().sum();
    h0.value().release();
    sum.backward();
    assertArrayEquals(expected, p[4].grad().toDoubles(), 1e-14);
  }

  @Test
  void refusesWhatDoesNotFit() {
    Tensor[] p = leaves();
    p[1] = GradCheck.leaf(2, N, H + 1);
    String message = assertThrows(IllegalArgumentException.class, () -> run(p)).getMessage();
    assertTrue(message.contains("states [3, 3] and [3, 2]"), message);
  }
}
