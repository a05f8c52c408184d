package org.onecycle.optim;

/** A way from one number to another. */
@FunctionalInterface
public interface Annealer {
  /** A straight line: {@code s + p (e - s)}. */
  Annealer LIN = (s, e, p) -> s + p * (e - s);

  /** Half a cosine wave: {@code s + (1 + cos(pi (1 - p))) (e - s) / 2}. */
  Annealer COS = (s, e, p) -> s + (1 + Math.cos(Math.PI * (1 - p))) * (e - s) / 2;

  /** No way at all: {@code s}. */
  Annealer NO = (s, e, p) -> s;

  /** Equal factors: {@code s (e / s)^p}. */
  Annealer EXP = (s, e, p) -> s * Math.pow(e / s, p);

  /** Returns the number on the way. */
  double at(double start, double end, double pct);

  /** A power of the way: {@code s + (e - s) p^power}. */
  static Annealer poly(double power) {
    return (s, e, p) -> s + (e - s) * Math.pow(p, power);
  }

  /** Returns the way between two numbers as a schedule for all groups. */
  default Schedule from(double start, double end) {
    return pct -> new double[] {at(start, end, pct)};
  }

  /**
   * Returns the ways of several groups.
   *
   * @throws IllegalArgumentException if the numbers of starts and ends differ
   */
  default Schedule from(double[] start, double[] end) {
    if (start.length != end.length) {
      throw new IllegalArgumentException(
          "A schedule expects as many starts as ends, got " + start.length + " and " + end.length);
    }
    double[] s = start.clone();
    double[] e = end.clone();
    return pct -> {
      double[] out = new double[s.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = at(s[i], e[i], pct);
      }
      return out;
    };
  }
}
