package org.onecycle.show;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** An axis of a chart: which pixel a number is at, and which numbers are written beside it. */
final class Axis {
  private static final int TICKS = 6;
  private static final double MARGIN = 0.05;
  private static final int MOST_DECADES = 7;

  private final boolean log;
  private final double low;
  private final double high;
  private final double from;
  private final double to;

  /**
   * An axis for numbers from the lowest to the highest.
   *
   * @param from the pixel of the lowest
   * @param to the pixel of the highest
   */
  Axis(double lowest, double highest, double from, double to, boolean log) {
    this.log = log;
    this.from = from;
    this.to = to;
    double a = scale(lowest);
    double b = scale(highest);
    double gap = b > a ? (b - a) * MARGIN : Math.max(Math.abs(a) * MARGIN, 0.5);
    low = a - gap;
    high = b + gap;
  }

  private double scale(double value) {
    return log ? Math.log10(value) : value;
  }

  double pixel(double value) {
    return from + (scale(value) - low) / (high - low) * (to - from);
  }

  /** Returns round numbers within the axis. */
  List<Double> ticks() {
    return log ? decades() : linear();
  }

  private List<Double> decades() {
    List<Double> out = new ArrayList<>();
    int first = (int) Math.ceil(low);
    int last = (int) Math.floor(high);
    if (last <= first) {
      double step = Math.pow(10, high - low);
      out.add(round(Math.pow(10, low) * Math.pow(step, 0.2)));
      out.add(round(Math.pow(10, low) * Math.pow(step, 0.8)));
      return out;
    }
    int step = (last - first) / MOST_DECADES + 1;
    for (int p = first; p <= last; p += step) {
      out.add(Math.pow(10, p));
    }
    return out;
  }

  private static double round(double value) {
    return new BigDecimal(value).round(new MathContext(2)).doubleValue();
  }

  private List<Double> linear() {
    double step = step((high - low) / TICKS);
    List<Double> out = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      out.add(i * step);
    }
    return out;
  }

  /** Returns 1, 2 or 5 times a power of ten, at least the given step. */
  private static double step(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= atLeast * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Returns a tick as text: {@code 0.25, 400, 1e-05}. */
  static String text(double tick) {
    double size = Math.abs(tick);
    if (size > 0 && (size < 1e-3 || size >= 1e6)) {
      int power = (int) Math.floor(Math.log10(size) + 1e-9);
      String factor = plain(tick / Math.pow(10, power));
      return "%se%s%02d".formatted(factor, power < 0 ? "-" : "+", Math.abs(power));
    }
    return plain(tick);
  }

  private static String plain(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(6));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
