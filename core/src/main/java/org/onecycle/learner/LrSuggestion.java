package org.onecycle.learner;

import java.util.Arrays;

/** Rules that read a learning rate off a curve of losses over growing rates. */
public enum LrSuggestion {
  /** Half-way down the longest falling stretch: a third and a sixth of its length from its top. */
  VALLEY {
    @Override
    double of(double[] lrs, double[] losses) {
      int[] falling = fallingLengths(losses);
      int end = 0;
      for (int i = 1; i < falling.length; i++) {
        end = falling[i] > falling[end] ? i : end;
      }
      // fastai counts one point before the stretch; there is none where it begins at the first.
      int start = Math.max(0, end - falling[end]);
      double section = (end - start) / 3.0;
      return lrs[start + (int) section + (int) (section / 2)];
    }
  },
  /** A tenth of the rate with the lowest loss. */
  MINIMUM {
    @Override
    double of(double[] lrs, double[] losses) {
      return lrs[lowest(losses)] / 10;
    }
  },
  /** Where the loss falls fastest over the logarithm of the rate. */
  STEEP {
    @Override
    double of(double[] lrs, double[] losses) {
      double[] slopes = new double[lrs.length - 1];
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = (losses[i + 1] - losses[i]) / (Math.log(lrs[i + 1]) - Math.log(lrs[i]));
      }
      return lrs[lowest(slopes)];
    }
  },
  /** From the right, the first rate whose slope is like the slope 15 points on. */
  SLIDE {
    @Override
    double of(double[] lrs, double[] losses) {
      double[] slopes = slopes(losses);
      int left = Math.max(0, lrs.length - 1 - SLIDE_APART);
      double found = lrs[left];
      for (int l = left;
          l >= 0 && l + SLIDE_APART < lrs.length && far(slopes[l + SLIDE_APART], slopes[l]);
          l--) {
        found = lrs[l];
      }
      return found;
    }
  };

  private static final int SLIDE_APART = 15;
  private static final double SLIDE_THRESHOLD = 0.005;

  /** Returns the suggested rate; both arrays have the same length, 2 or more. */
  abstract double of(double[] lrs, double[] losses);

  private static int lowest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] < values[best] ? i : best;
    }
    return best;
  }

  private static boolean far(double a, double b) {
    return Math.abs(a - b) > SLIDE_THRESHOLD;
  }

  /** Differences over both neighbours; over the one there is at the ends. */
  private static double[] slopes(double[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      int before = Math.max(0, i - 1);
      int after = Math.min(values.length - 1, i + 1);
      out[i] = (values[after] - values[before]) / (after - before);
    }
    return out;
  }

  /** Returns for each point the length of the longest falling subsequence that ends there. */
  static int[] fallingLengths(double... values) {
    int[] lengths = new int[values.length];
    // The negated last values of the best subsequences of length 1, 2 ..: they rise.
    double[] tails = new double[values.length];
    int longest = 0;
    for (int i = 0; i < values.length; i++) {
      int found = Arrays.binarySearch(tails, 0, longest, -values[i]);
      int at = found < 0 ? -found - 1 : found;
      tails[at] = -values[i];
      longest = Math.max(longest, at + 1);
      lengths[i] = at + 1;
    }
    return lengths;
  }
}
