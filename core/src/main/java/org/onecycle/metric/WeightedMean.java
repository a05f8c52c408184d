package org.onecycle.metric;

/** A mean over batches, weighted by their sizes. */
final class WeightedMean {
  private double total;
  private long count;

  void add(double value, int size) {
    total += value * size;
    count += size;
  }

  void reset() {
    total = 0;
    count = 0;
  }

  /** Returns the mean; NaN before the first batch. */
  double value() {
    return count == 0 ? Double.NaN : total / count;
  }
}
