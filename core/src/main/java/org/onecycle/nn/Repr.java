package org.onecycle.nn;

import java.math.BigDecimal;

/** Numbers and truth values as Python prints them, so that models read as in PyTorch. */
final class Repr {
  private Repr() {}

  static String bool(boolean b) {
    return b ? "True" : "False";
  }

  /** As Python's repr of a float: 0.1, 1e-05. */
  static String number(double x) {
    String s = Double.toString(x);
    int e = s.indexOf('E');
    if (e < 0) {
      return s;
    }
    int power = Integer.parseInt(s.substring(e + 1));
    if (power >= -4 && power < 16) {
      String plain = new BigDecimal(s).stripTrailingZeros().toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String mantissa = s.substring(0, e);
    if (mantissa.endsWith(".0")) {
      mantissa = mantissa.substring(0, mantissa.length() - 2);
    }
    return "%se%s%02d".formatted(mantissa, power < 0 ? "-" : "+", Math.abs(power));
  }

  static String pair(int a, int b) {
    return "(" + a + ", " + b + ")";
  }

  /** One number where both are equal, else the pair. */
  static String size(int a, int b) {
    return a == b ? Integer.toString(a) : pair(a, b);
  }

  /** Returns p, if it is one. */
  static double probability(Module of, double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(
          of.kind() + " expects a probability from 0 to 1, got " + p);
    }
    return p;
  }
}
