package org.onecycle.optim;

import java.util.Arrays;

/**
 * Learning rates for parameter groups whose number is not known yet.
 *
 * <pre>{@code
 * import static org.onecycle.optim.Lr.slice;
 *
 * learn.fitOneCycle(4, slice(1e-6, 1e-4));
 * }</pre>
 */
public sealed interface Lr {
  /** The same rate in every group. */
  record All(double value) implements Lr {
    @Override
    public double[] expand(int groups) {
      double[] out = new double[groups];
      Arrays.fill(out, value);
      return out;
    }
  }

  /** The rate of the last group; a tenth of it in all others. */
  record Last(double value) implements Lr {
    @Override
    public double[] expand(int groups) {
      double[] out = new double[groups];
      Arrays.fill(out, value / 10);
      out[groups - 1] = value;
      return out;
    }
  }

  /** From the first group's rate to the last's, each the same multiple of the one before. */
  record Range(double first, double last) implements Lr {
    @Override
    public double[] expand(int groups) {
      return evenMults(first, last, groups);
    }
  }

  /** One rate a group. */
  record Each(double... values) implements Lr {
    /** Keeps a copy. */
    public Each {
      values = values.clone();
    }

    @Override
    public double[] expand(int groups) {
      if (values.length != groups) {
        throw new IllegalArgumentException(
            "lr expects one value for each of the "
                + groups
                + " parameter groups, got "
                + values.length
                + " values");
      }
      return values.clone();
    }

    @Override
    public String toString() {
      return Arrays.toString(values);
    }
  }

  /**
   * Returns the rates of so many groups.
   *
   * @throws IllegalArgumentException if rates were given one by one and their number differs
   */
  double[] expand(int groups);

  /** One rate for every group. */
  static Lr of(double value) {
    return new All(value);
  }

  /** One rate a group, lowest layers first. */
  static Lr each(double... values) {
    return new Each(values);
  }

  /** The rate of the last group; the others train at a tenth of it. */
  static Lr slice(double last) {
    return new Last(last);
  }

  /**
   * Rates from the first group's to the last's in a geometric row.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  static Lr slice(double first, double last) {
    if (!(first > 0 && last > 0)) {
      throw new IllegalArgumentException(
          "slice expects positive learning rates, got " + first + " and " + last);
    }
    return new Range(first, last);
  }

  /** Returns n numbers from start to stop, each the same multiple of the last; stop if n is 1. */
  static double[] evenMults(double start, double stop, int n) {
    double[] out = new double[n];
    double mult = n > 1 ? Math.pow(stop / start, 1.0 / (n - 1)) : 1;
    for (int i = 0; i < n; i++) {
      out[i] = start * Math.pow(mult, i);
    }
    out[n - 1] = stop;
    return out;
  }
}
