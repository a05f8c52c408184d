package org.onecycle.optim;

import java.util.Arrays;
import java.util.List;

/**
 * The schedules fastai's users know, by their names.
 *
 * <pre>{@code
 * Schedule lr = Schedules.combinedCos(.25, 1e-2 / 25, 1e-2, 1e-7);
 * lr.at(.25); // 1e-2
 * }</pre>
 */
public final class Schedules {
  private static final double SUM_TOLERANCE = 1e-6;

  private Schedules() {}

  /** A straight line. */
  public static Schedule schedLin(double start, double end) {
    return Annealer.LIN.from(start, end);
  }

  /** Half a cosine wave. */
  public static Schedule schedCos(double start, double end) {
    return Annealer.COS.from(start, end);
  }

  /** The start, all the time. */
  public static Schedule schedNo(double start, double end) {
    return Annealer.NO.from(start, end);
  }

  /** Equal factors in equal times. */
  public static Schedule schedExp(double start, double end) {
    return Annealer.EXP.from(start, end);
  }

  /** A power of the time. */
  public static Schedule schedPoly(double start, double end, double power) {
    return Annealer.poly(power).from(start, end);
  }

  /**
   * Runs schedules one after the other.
   *
   * @param pcts the share of the time that each takes
   * @throws IllegalArgumentException if a share is negative, they do not sum to 1, or there are not
   *     as many as schedules
   */
  public static Schedule combineScheds(double[] pcts, List<Schedule> scheds) {
    if (pcts.length == 0 || pcts.length != scheds.size()) {
      throw new IllegalArgumentException(
          "combineScheds expects one share of the time a schedule, got "
              + pcts.length
              + " shares and "
              + scheds.size()
              + " schedules");
    }
    double[] starts = new double[pcts.length + 1];
    for (int i = 0; i < pcts.length; i++) {
      if (!(pcts[i] >= 0)) {
        throw new IllegalArgumentException(
            "combineScheds expects no negative share, got " + Arrays.toString(pcts));
      }
      starts[i + 1] = starts[i] + pcts[i];
    }
    if (Math.abs(starts[pcts.length] - 1) > SUM_TOLERANCE) {
      throw new IllegalArgumentException(
          "combineScheds expects shares that sum to 1, got "
              + Arrays.toString(pcts)
              + ", which sum to "
              + starts[pcts.length]);
    }
    starts[pcts.length] = 1;
    List<Schedule> parts = List.copyOf(scheds);
    return pos -> {
      int i = segment(starts, pos);
      double length = starts[i + 1] - starts[i];
      double within = length == 0 ? 1 : (pos - starts[i]) / length;
      return parts.get(i).at(Math.min(1, Math.max(0, within)));
    };
  }

  /** Returns the last segment that starts at or before the position. */
  private static int segment(double[] starts, double pos) {
    int last = starts.length - 2;
    int i = last;
    while (i > 0 && pos < starts[i]) {
      i--;
    }
    return i;
  }

  /** Half a cosine wave from start to middle in {@code pct} of the time, another to the end. */
  public static Schedule combinedCos(double pct, double start, double middle, double end) {
    return combineScheds(
        new double[] {pct, 1 - pct}, List.of(schedCos(start, middle), schedCos(middle, end)));
  }

  /** As {@link #combinedCos(double, double, double, double)}, with one value a group. */
  public static Schedule combinedCos(double pct, double[] start, double[] middle, double[] end) {
    return combineScheds(
        new double[] {pct, 1 - pct},
        List.of(Annealer.COS.from(start, middle), Annealer.COS.from(middle, end)));
  }
}
