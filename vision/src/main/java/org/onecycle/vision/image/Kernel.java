package org.onecycle.vision.image;

/**
 * The weights of one side's resizing: for each new index the first old one, and as many weights as
 * any index needs, in fixed point of {@link #BITS} bits.
 *
 * <p>Near the end of the side the first index is moved back and the weights begin with zeros, so
 * that as many pixels may be read for each.
 */
record Kernel(int[] first, int[] weights, int taps) {
  static final int BITS = 22;
  static final int HALF = 1 << (BITS - 1);

  /** PIL's bilinear filter, with PIL's rounding. */
  static Kernel bilinear(int from, int to) {
    double scale = (double) from / to;
    double support = Math.max(1, scale);
    int[] first = new int[to];
    int taps = 0;
    for (int i = 0; i < to; i++) {
      taps = Math.max(taps, high(i, scale, support, from) - low(i, scale, support));
    }
    if (taps == 3 && from > 3) {
      // One loop less for those who read so many at once.
      taps = 4;
    }
    int[] weights = new int[to * taps];
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
        weights[i * taps + lo - first[i] + j] = (int) (0.5 + k[j] / sum * (1 << BITS));
      }
    }
    return new Kernel(first, weights, taps);
  }

  private static int low(int i, double scale, double support) {
    return Math.max(0, (int) ((i + 0.5) * scale - support + 0.5));
  }

  private static int high(int i, double scale, double support, int from) {
    return Math.min(from, (int) ((i + 0.5) * scale + support + 0.5));
  }
}
