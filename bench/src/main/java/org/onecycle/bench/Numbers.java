package org.onecycle.bench;

import java.util.List;

/** Statistics of a few numbers. */
final class Numbers {
  private Numbers() {}

  /** Returns the middle number, or the mean of the two middle ones; NaN of none. */
  static double median(List<Double> numbers) {
    int n = numbers.size();
    if (n == 0) {
      return Double.NaN;
    }
    List<Double> sorted = numbers.stream().sorted().toList();
    return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
  }

  /** Rounds to four digits: more would say more than was measured. */
  static Double rounded(double number) {
    if (!Double.isFinite(number)) {
      return null;
    }
    return new java.math.BigDecimal(number).round(new java.math.MathContext(4)).doubleValue();
  }
}
