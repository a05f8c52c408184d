package org.onecycle.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;

class MatrixNormTest {
  private static final double EPS = 1e-5;

  private static Array array(float[] v, long... shape) {
    Array a = Array.empty(DType.FLOAT, shape);
    Host.put(v, a);
    return a;
  }

  private static float[] random(int n, double mean, long seed) {
    Random r = new Random(seed);
    float[] v = new float[n];
    for (int i = 0; i < n; i++) {
      v[i] = (float) (mean + r.nextGaussian());
    }
    return v;
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "64, 200", "37, 100", "5, 3000", "700, 6"})
  @DisplayName("blocks of rows give what double precision gives, also far from zero")
  void agreesWithDouble(int n, int c) {
    float[] x = random(n * c, 100, 1);
    float[] dy = random(n * c, 0, 2);
    float[] w = random(c, 1, 3);
    float[] b = random(c, 0, 4);
    try (Scope s = Scope.open()) {
      Array in = array(x, n, c);
      Array weight = array(w, c);
      assertTrue(MatrixNorm.fits(in));
      NormKernels.Normalized r = MatrixNorm.forward(in, weight, array(b, c), EPS);
      Grads g =
          MatrixNorm.backward(
              array(dy, n, c), in, weight, r.stats(), new GradMask(true, true, true));
      double[] y = new double[n * c];
      double[] dx = new double[n * c];
      double[] dw = new double[c];
      double[] db = new double[c];
      double[] mean = new double[c];
      double[] variance = new double[c];
      for (int k = 0; k < c; k++) {
        for (int i = k; i < n * c; i += c) {
          mean[k] += x[i] / (double) n;
          db[k] += dy[i];
        }
        for (int i = k; i < n * c; i += c) {
          variance[k] += Math.pow(x[i] - mean[k], 2) / n;
        }
        double inverse = 1 / Math.sqrt(variance[k] + EPS);
        for (int i = k; i < n * c; i += c) {
          double hat = (x[i] - mean[k]) * inverse;
          y[i] = hat * w[k] + b[k];
          dw[k] += dy[i] * hat;
        }
        for (int i = k; i < n * c; i += c) {
          double hat = (x[i] - mean[k]) * inverse;
          dx[i] = w[k] * inverse * (dy[i] - db[k] / n - hat * dw[k] / n);
        }
      }
      assertArrayEquals(mean, Host.doubles(r.stats().mean()), 1e-5);
      assertArrayEquals(variance, Host.doubles(r.stats().variance()), 1e-6);
      assertArrayEquals(y, Host.doubles(r.y()), 2e-6);
      assertArrayEquals(dw, Host.doubles(g.weight()), 2e-5);
      assertArrayEquals(db, Host.doubles(g.bias()), 2e-5);
      // The first case's gradient is what is left of two that cancel.
      assertArrayEquals(dx, Host.doubles(g.x()), n == 2 ? 2e-4 : 5e-6);
    }
  }

  @Test
  @DisplayName("a sum keeps what FLOAT additions lose")
  void sumsExactly() {
    float[] x = new float[3000];
    for (int i = 0; i < x.length; i += 3) {
      x[i] = 16777216;
      x[i + 1] = 1;
      x[i + 2] = -16777216;
    }
    Scratch memory = Scratch.open();
    ColumnSums sums = new ColumnSums(1, 1, memory);
    float[] one = new float[1];
    for (float v : x) {
      one[0] = v;
      sums.add(one, 1);
    }
    assertEquals(1000, sums.get(memory)[0]);
  }

  @Test
  @DisplayName("what one thread does alone leaves the number of threads as it was")
  void restoresThreads() {
    NativeOps openMp = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int before = openMp.ompGetMaxThreads();
    assertEquals(1, OneDnn.alone(openMp::ompGetMaxThreads));
    assertEquals(before, openMp.ompGetMaxThreads());
  }
}
