package org.onecycle.tabular;

import java.util.Arrays;

/** What a gap in a continuous column is filled with. */
public enum FillStrategy {
  /** The middle of the training values; the mean of the two in the middle where there are two. */
  MEDIAN {
    @Override
    double of(double[] sorted) {
      int half = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
  },
  /** A constant: 0, unless {@link FillMissing#withFillVal} gives another. */
  CONSTANT {
    @Override
    double of(double[] sorted) {
      return 0;
    }
  },
  /** The most frequent of the training values, the smallest where several are. */
  MODE {
    @Override
    double of(double[] sorted) {
      double best = sorted[0];
      int most = 0;
      int run = 0;
      for (int i = 0; i < sorted.length; i++) {
        run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
        if (run > most) {
          most = run;
          best = sorted[i];
        }
      }
      return best;
    }
  };

  abstract double of(double[] sorted);

  /** Returns the fill for a column's training values, gaps among them. */
  double fill(String column, double[] values) {
    double[] there = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (there.length == 0 && this != CONSTANT) {
      throw new IllegalArgumentException(
          "column " + column + " has no number among its " + values.length + " training rows");
    }
    return of(there);
  }
}
