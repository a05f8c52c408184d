package org.onecycle.text.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assertions;
import org.onecycle.array.DType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds results against the float64 truth: DOUBLE within 1e-9 of {@code max(|t|, rms)}, FLOAT no
 * further than twice PyTorch's own float32 by the Euclidean distance, and three times by the
 * largest; four units in the last place of the largest element are allowed in any case.
 */
final class Agreement {
  private static final Logger LOG = LoggerFactory.getLogger(Agreement.class);
  private static final double RELATIVE = 1e-9;
  private static final double UNITS = 4 * 0x1p-24;

  private final String name;
  private final DType type;
  private final List<String> failures = new ArrayList<>();
  private double worst;
  private String worstAt = "";
  private int count;

  Agreement(String name, DType type) {
    this.name = name;
    this.type = type;
  }

  void compare(String what, double[] ours, double[] truth, double[] torch) {
    Assertions.assertEquals(truth.length, ours.length, what);
    if (type == DType.DOUBLE) {
      double rms = l2(truth, new double[truth.length]) / Math.sqrt(truth.length);
      double far = 0;
      for (int i = 0; i < truth.length; i++) {
        double off = Math.abs(ours[i] - truth[i]);
        far = worse(far, off == 0 ? 0 : off / Math.max(Math.abs(truth[i]), rms));
      }
      note(what, far, RELATIVE);
    } else {
      double floor = UNITS * max(truth, new double[truth.length]);
      // The largest of a few dozen rounding errors is a matter of luck, PyTorch's too.
      ratio(what + " (max)", max(ours, truth), max(torch, truth), floor, 3);
      ratio(what + " (l2)", l2(ours, truth), l2(torch, truth), floor * Math.sqrt(truth.length), 2);
    }
  }

  /** Losses of some steps with Adam, which enlarges the rounding of gradients that are almost 0. */
  void steps(double[] ours, double[] truth) {
    double allowed = type == DType.DOUBLE ? RELATIVE : 1e-5;
    double far = max(ours, truth) / max(truth, new double[truth.length]);
    if (type == DType.DOUBLE) {
      note("losses", far, allowed);
    } else {
      count++;
      Assertions.assertTrue(far <= allowed, () -> name + ": losses are off by " + far);
    }
  }

  private void ratio(String what, double ours, double torch, double floor, double allowed) {
    if (Boolean.getBoolean("parity.all")) {
      LOG.info(
          String.format(
              Locale.ROOT, "%s ours %.3g torch %.3g floor %.3g", what, ours, torch, floor));
    }
    note(what, ours == 0 ? 0 : ours / Math.max(torch, floor / 2), allowed);
  }

  private void note(String what, double value, double allowed) {
    count++;
    if (value > worst || Double.isNaN(value)) {
      worst = value;
      worstAt = what;
    }
    if (!(value <= allowed)) {
      failures.add(String.format(Locale.ROOT, "%s: %.3g", what, value));
    }
  }

  void finish() {
    LOG.info(
        String.format(
            Locale.ROOT,
            "%s %s: worst %s %.3g of %d comparisons, at %s",
            name,
            type,
            type == DType.DOUBLE ? "relative distance" : "ratio to PyTorch's distance",
            worst,
            count,
            worstAt));
    Assertions.assertTrue(count > 0);
    Assertions.assertTrue(
        failures.isEmpty(), () -> name + " in " + type + ":\n  " + String.join("\n  ", failures));
  }

  private static double worse(double a, double b) {
    return Double.isNaN(b) ? Double.POSITIVE_INFINITY : Math.max(a, b);
  }

  private static double max(double[] a, double[] b) {
    double m = 0;
    for (int i = 0; i < a.length; i++) {
      m = worse(m, Math.abs(a[i] - b[i]));
    }
    return m;
  }

  private static double l2(double[] a, double[] b) {
    double s = 0;
    for (int i = 0; i < a.length; i++) {
      s += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(s);
  }
}
