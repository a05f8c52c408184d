package org.onecycle.backend;

import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;

/**
 * Products of small FLOAT matrices in Java, with sums in double precision: a native call takes as
 * long, and its FLOAT sums would be most of a small network's rounding.
 */
final class SmallMatmul {
  private static final long LARGEST = 1 << 11;

  private SmallMatmul() {}

  static boolean fits(Array a, Array b, long m, long k, long n) {
    return a.rank() == 2
        && b.rank() == 2
        && a.dtype() == DType.FLOAT
        && b.dtype() == DType.FLOAT
        && m * k * n <= LARGEST
        && a.isHost()
        && b.isHost();
  }

  /**
   * Returns a product.
   *
   * @param bias added to each row; null for none
   * @param relu whether what is negative becomes 0
   */
  static Array run(
      Array a, Array b, Array bias, boolean transposeA, boolean transposeB, boolean relu) {
    int m = (int) a.size(transposeA ? 1 : 0);
    int k = (int) a.size(transposeA ? 0 : 1);
    int n = (int) b.size(transposeB ? 0 : 1);
    float[] x = Host.floats(a);
    float[] w = Host.floats(b);
    float[] start = bias == null ? new float[n] : Host.floats(bias);
    float[] y = new float[m * n];
    int rowA = transposeA ? 1 : k;
    int stepA = transposeA ? m : 1;
    int columnB = transposeB ? k : 1;
    int stepB = transposeB ? 1 : n;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = start[j];
        for (int t = 0; t < k; t++) {
          sum += (double) x[i * rowA + t * stepA] * w[j * columnB + t * stepB];
        }
        y[i * n + j] = relu && sum < 0 ? 0 : (float) sum;
      }
    }
    Array out = Array.empty(DType.FLOAT, m, n);
    Host.put(y, out);
    return out;
  }
}
