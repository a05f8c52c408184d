package org.onecycle.vision.image;

import java.util.Arrays;

/**
 * The weights of one side's resizing: for each new index the first old one, and for each of the old
 * ones from there on its weight, in fixed point of {@link #BITS} bits.
 *
 * <p>There are equally many for each index: near the end of the side the first one is moved back
 * and begins with zeros.
 *
 * @param weights {@code [taps][size]}
 */
record Kernel(int[] first, int[][] weights) {
  static final int BITS = 22;
  static final int HALF = 1 << (BITS - 1);

  /** PIL's bilinear filter, with PIL's rounding. */
  static Kernel bilinear(int from, int to) {
    if (from == to) {
      return same(to);
    }
    double scale = (double) from / to;
    double support = Math.max(1, scale);
    int taps = 0;
    for (int i = 0; i < to; i++) {
      taps = Math.max(taps, high(i, scale, support, from) - low(i, scale, support));
    }
    int[] first = new int[to];
    int[][] weights = new int[taps][to];
    double[] k = new double[taps];
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      int lo = low(i, scale, support);
      int n = high(i, scale, support, from) - lo;
      double sum = 0;
      for (int j = 0; j < n; j++) {
        k[j] = Math.max(0, 1 - Math.abs((lo + j - centre + 0.5) / support));
        sum += k[j];
      }
      first[i] = Math.min(lo, from - taps);
      for (int j = 0; j < n; j++) {
        weights[lo - first[i] + j][i] = (int) (0.5 + k[j] / sum * (1 << BITS));
      }
    }
    return new Kernel(first, weights);
  }

  private static Kernel same(int size) {
    int[] first = new int[size];
    int[] ones = new int[size];
    Arrays.setAll(first, i -> i);
    Arrays.fill(ones, 1 << BITS);
    return new Kernel(first, new int[][] {ones});
  }

  int taps() {
    return weights.length;
  }

  private static int low(int i, double scale, double support) {
    return Math.max(0, (int) ((i + 0.5) * scale - support + 0.5));
  }

  private static int high(int i, double scale, double support, int from) {
    return Math.min(from, (int) ((i + 0.5) * scale + support + 0.5));
  }
}
