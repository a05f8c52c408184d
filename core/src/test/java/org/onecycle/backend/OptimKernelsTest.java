package org.onecycle.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;
import org.onecycle.testing.HashRule;

/** The fused steps and those on ND4J operations do the same. */
class OptimKernelsTest {
  private static final double[][] DECAYS = {{1, 0}, {.9, 0}, {1, .1}};

  private final OptimKernels nd4j = new Nd4jOptim();
  private final OptimKernels host =
      new HostOptim(
          new OptimKernels() {
            @Override
            public void sgdStep(Array param, Array grad, Array avg, Sgd by) {
              throw new AssertionError("handed down");
            }

            @Override
            public void adamStep(Array param, Array grad, Array m, Array v, Adam by) {
              throw new AssertionError("handed down");
            }
          });

  private static Array array(DType dtype, double[] values) {
    Array a = Array.empty(dtype, values.length);
    Host.put(values, a);
    return a;
  }

  private static double[] values(String key, int n) {
    float[] f = HashRule.input(key, n);
    double[] d = new double[n];
    Arrays.setAll(d, i -> f[i]);
    return d;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, 2048, 5000, 140_001})
  void agree(int n) {
    for (DType dtype : new DType[] {DType.DOUBLE, DType.FLOAT}) {
      double tolerance = dtype == DType.DOUBLE ? 1e-12 : 2e-5;
      for (double[] decay : n > 100_000 ? new double[][] {{.9, .1}} : DECAYS) {
        double[][] adam = new double[2][];
        double[][] sgd = new double[2][];
        double[][] plain = new double[2][];
        for (int k = 0; k < 2; k++) {
          OptimKernels kernels = k == 0 ? nd4j : host;
          try (Scope s = Scope.open()) {
            Array g = array(dtype, values("g", n));
            Array p = array(dtype, values("p", n));
            Array m = array(dtype, new double[n]);
            Array v = array(dtype, new double[n]);
            for (int t = 1; t <= 3; t++) {
              kernels.adamStep(
                  p,
                  g,
                  m,
                  v,
                  new OptimKernels.Adam(.1 / t, 1 - .1 * t, .99, 1e-5, t, decay[0], decay[1]));
            }
            adam[k] = joined(p, m, v, g);
            Array q = array(dtype, values("p", n));
            Array avg = array(dtype, new double[n]);
            for (int t = 1; t <= 3; t++) {
              kernels.sgdStep(q, g, avg, new OptimKernels.Sgd(.1 / t, .9, decay[0], decay[1]));
            }
            sgd[k] = joined(q, avg, g);
            Array r = array(dtype, values("p", n));
            kernels.sgdStep(r, g, null, new OptimKernels.Sgd(.1, .9, decay[0], decay[1]));
            plain[k] = joined(r, g);
          }
        }
        assertArrayEquals(adam[0], adam[1], tolerance);
        assertArrayEquals(sgd[0], sgd[1], tolerance);
        assertArrayEquals(plain[0], plain[1], tolerance);
      }
    }
  }

  private static double[] joined(Array... arrays) {
    return Arrays.stream(arrays).flatMapToDouble(a -> Arrays.stream(Host.doubles(a))).toArray();
  }

  @Test
  @DisplayName("a small gradient meets epsilon where Adam puts it, not where adam_updater does")
  void epsilon() {
    for (OptimKernels kernels : new OptimKernels[] {nd4j, host}) {
      for (int t : new int[] {1, 5}) {
        try (Scope s = Scope.open()) {
          Array p = array(DType.DOUBLE, new double[] {0});
          double g = 1e-6;
          double m = g * (1 - Math.pow(.9, t - 1));
          double v = g * g * (1 - Math.pow(.999, t - 1));
          kernels.adamStep(
              p,
              array(DType.DOUBLE, new double[] {g}),
              array(DType.DOUBLE, new double[] {m}),
              array(DType.DOUBLE, new double[] {v}),
              new OptimKernels.Adam(1e-3, .9, .999, 1e-5, t, 1, 0));
          assertEquals(-1e-3 * g / (g + 1e-5), Host.doubles(p)[0], 1e-15);
        }
      }
    }
  }
}
