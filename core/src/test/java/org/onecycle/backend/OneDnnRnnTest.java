package org.onecycle.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onecycle.array.Array;
import org.onecycle.array.Host;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/** oneDNN's LSTM against the portable one, in FLOAT, within rounding. */
class OneDnnRnnTest {
  @BeforeAll
  static void load() {
    assumeTrue(OneDnn.failure() == null, "oneDNN does not load here");
  }

  private static Array random(long seed, double scale, long... shape) {
    return Tensor.randn(new Rng(seed), shape).mul(scale).value();
  }

  private static void same(Array expected, Array actual) {
    assertArrayEquals(expected.shape(), actual.shape());
    float[] e = Host.floats(expected);
    float[] a = Host.floats(actual);
    double scale = 1e-6;
    for (float v : e) {
      scale = Math.max(scale, Math.abs(v));
    }
    for (int i = 0; i < e.length; i++) {
      assertEquals(e[i], a[i], 1e-5 * scale, "element " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "4, 3, 12, 20", "7, 5, 16, 16", "6, 32, 40, 48", "3, 2, 100, 33"})
  void agreesWithThePortableKernels(long t, long n, long in, long h) {
    RnnKernels portable = new Nd4jRnn();
    RnnKernels fast = new OneDnnRnn(portable);
    Array x = random(1, 1, t, n, in);
    Array h0 = random(2, 0.5, n, h);
    Array c0 = random(3, 1, n, h);
    RnnKernels.LstmWeights w =
        new RnnKernels.LstmWeights(
            random(4, 0.3, 4 * h, in),
            random(5, 0.3, 4 * h, h),
            random(6, 0.3, 4 * h),
            random(7, 0.3, 4 * h));
    RnnKernels.LstmRun slow = portable.lstm(x, h0, c0, w, true);
    RnnKernels.LstmRun quick = fast.lstm(x, h0, c0, w, true);
    same(slow.steps(), quick.steps());
    RnnKernels.LstmRun eval = fast.lstm(x, h0, c0, w, false);
    same(slow.steps(), eval.steps());
    assertTrue(eval.workspace().isEmpty());

    Array d = random(8, 1, t + 2, n, h);
    RnnKernels.LstmGrads e = portable.lstmGrad(d, x, w, slow, true);
    RnnKernels.LstmGrads a = fast.lstmGrad(d, x, w, quick, true);
    same(e.x(), a.x());
    same(e.h0(), a.h0());
    same(e.c0(), a.c0());
    same(e.ih(), a.ih());
    same(e.hh(), a.hh());
    same(e.bias(), a.bias());
    assertNull(fast.lstmGrad(d, x, w, quick, false).x());
  }
}
