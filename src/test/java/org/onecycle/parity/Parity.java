package org.onecycle.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assertions;
import org.onecycle.array.DType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one rule by which results are held against those of real fastai and PyTorch; it collects
 * every comparison of a fixture and speaks at the end.
 *
 * <p><b>DOUBLE.</b> Every number agrees with the float64 truth t within {@value #RELATIVE} of
 * {@code max(|t|, rms(tensor))}: an element that is tiny beside its tensor is measured by the
 * tensor.
 *
 * <p>A gradient that is zero but for rounding (of a bias before batch norm) is measured by all
 * gradients, in both types.
 *
 * <p><b>FLOAT.</b> Our distance from the truth is at most twice that of PyTorch's own float32
 * result: for outputs (largest and Euclidean distance), and for all gradients together (the root
 * mean square of their relative Euclidean distances). The distance of one small tensor is a single
 * draw of rounding noise, which varies by more than that between two machines running the same
 * PyTorch; alone a tensor may be {@value #ALONE} times as far, where a wrong operation is off ten
 * thousand times. {@value #ULPS} units in the last place of the tensor's largest element are
 * allowed in any case, since PyTorch is exact now and then.
 */
final class Parity {
  private static final Logger LOG = LoggerFactory.getLogger(Parity.class);
  static final double RELATIVE = 1e-9;
  static final double TOGETHER = 2;
  static final double ALONE = 8;
  private static final int MANY = 100;
  private static final int ULPS = 4;
  private static final double UNIT = 0x1p-24;
  private static final int SHOWN = 12;

  private final String fixture;
  private final DType dtype;
  private final long start = System.nanoTime();
  private final List<String> failures = new ArrayList<>();
  private double worst;
  private String worstAt = "";
  private int count;

  Parity(String fixture, DType dtype) {
    this.fixture = fixture;
    this.dtype = dtype;
  }

  boolean isDouble() {
    return dtype == DType.DOUBLE;
  }

  /** Compares a whole tensor; {@code torch32} is not needed in DOUBLE. */
  void whole(String what, double[] ours, double[] truth, double[] torch32) {
    if (isDouble()) {
      close(what, ours, truth, rms(truth), RELATIVE);
    } else {
      distances(what, ours, truth, torch32, truth.length < MANY ? ALONE : TOGETHER);
    }
  }

  /** Every number within a relative bound, measured by the given scale where it is smaller. */
  void close(String what, double[] ours, double[] truth, double scale, double bound) {
    sameLength(what, ours, truth);
    double far = 0;
    for (int i = 0; i < truth.length; i++) {
      double allowed = Math.max(Math.abs(truth[i]), scale);
      double off = Math.abs(ours[i] - truth[i]);
      far = Math.max(far, off == 0 ? 0 : off / allowed);
      if (Double.isNaN(ours[i])) {
        far = Double.POSITIVE_INFINITY;
      }
    }
    note(what, far, bound, "relative distance");
  }

  private void distances(
      String what, double[] ours, double[] truth, double[] torch32, double allowed) {
    sameLength(what, ours, truth);
    sameLength(what, torch32, truth);
    double floor = floor(largest(truth, new double[truth.length]));
    ratio(what + " (max)", largest(ours, truth), largest(torch32, truth), floor, allowed);
    double n = Math.sqrt(truth.length);
    ratio(what + " (l2)", distance(ours, truth), distance(torch32, truth), floor * n, allowed);
  }

  /** A distance of ours against one of PyTorch's. */
  void ratio(String what, double ours, double torch, double floor, double allowed) {
    double r = ours == 0 ? 0 : ours / Math.max(torch, floor / TOGETHER);
    note(what, Double.isNaN(ours) ? Double.NaN : r, allowed, "times PyTorch's distance");
  }

  /** Any other expectation. */
  void expect(String what, boolean holds) {
    count++;
    if (!holds) {
      failures.add(what);
    }
  }

  /** The few units in the last place of FLOAT that are always allowed. */
  static double floor(double scale) {
    return ULPS * UNIT * Math.abs(scale);
  }

  private void note(String what, double value, double allowed, String unit) {
    count++;
    if (!(value / allowed <= worst)) {
      worst = value / allowed;
      worstAt = String.format(Locale.ROOT, "%.3g of the %.3g allowed, %s", value, allowed, what);
    }
    if (!(value <= allowed)) {
      failures.add(String.format(Locale.ROOT, "%s: %.3g %s", what, value, unit));
    }
  }

  /** Logs the worst comparison and fails if any was out of bounds. */
  void finish() {
    double seconds = (System.nanoTime() - start) * 1e-9;
    LOG.info(
        String.format(
            Locale.ROOT,
            "%-22s %-6s %d %s in %.1f s, the worst %s",
            fixture,
            dtype,
            count,
            isDouble() ? "relative distances" : "ratios to PyTorch's distance",
            seconds,
            worstAt));
    Assertions.assertTrue(count > 0, "nothing was compared");
    if (!failures.isEmpty()) {
      Assertions.fail(
          fixture
              + " in "
              + dtype
              + ": "
              + failures.size()
              + " of "
              + count
              + " comparisons out of bounds:\n  "
              + String.join("\n  ", failures.subList(0, Math.min(SHOWN, failures.size()))));
    }
  }

  private static void sameLength(String what, double[] a, double[] b) {
    Assertions.assertEquals(b.length, a.length, () -> "number of values of " + what);
  }

  static double rms(double[] x) {
    return distance(x, new double[x.length]) / Math.sqrt(Math.max(1, x.length));
  }

  static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  private static double largest(double[] a, double[] b) {
    double max = 0;
    for (int i = 0; i < a.length; i++) {
      max = Math.max(max, Math.abs(a[i] - b[i]));
      if (Double.isNaN(a[i])) {
        return Double.NaN;
      }
    }
    return max;
  }
}
