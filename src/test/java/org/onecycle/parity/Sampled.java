package org.onecycle.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.onecycle.testing.Fixtures;

/**
 * What a fixture keeps of a tensor too big for the disk: some values, evenly spaced, and the sum,
 * the Euclidean norm and the largest absolute value of all.
 */
record Sampled(int n, double[] values, double sum, double l2, double absmax) {
  /** A tensor this much smaller than all of its kind is zero but for rounding. */
  private static final double VANISHING = 1e-10;

  /** Reads {@code name.npy} and {@code name.json}: tensors by name, in the file's order. */
  static Map<String, Sampled> read(String name) {
    double[] all = Fixtures.npy(name).toDoubles();
    JsonNode index = Fixtures.json(name);
    Map<String, Sampled> out = new LinkedHashMap<>();
    index
        .properties()
        .forEach(
            e -> {
              JsonNode t = e.getValue();
              int off = t.get("off").intValue();
              out.put(
                  e.getKey(),
                  new Sampled(
                      t.get("n").intValue(),
                      Arrays.copyOfRange(all, off, off + t.get("len").intValue()),
                      t.get("sum").doubleValue(),
                      t.get("l2").doubleValue(),
                      t.get("absmax").doubleValue()));
            });
    return out;
  }

  /** Reads a folder of whole tensors. */
  static Map<String, Sampled> readFolder(String name) {
    Map<String, Sampled> out = new LinkedHashMap<>();
    for (String tensor : Fixtures.npyNames(name)) {
      double[] whole = Fixtures.npy(name + "/" + tensor).toDoubles();
      out.put(tensor, of(whole, whole.length));
    }
    return out;
  }

  /** Takes the same samples of a whole tensor. */
  static Sampled of(double[] whole, int samples) {
    double[] values = new double[samples];
    for (int i = 0; i < samples; i++) {
      values[i] = whole[(int) ((long) i * whole.length / samples)];
    }
    double sum = 0;
    double squares = 0;
    double max = 0;
    for (double v : whole) {
      sum += v;
      squares += v * v;
      max = Math.max(max, Math.abs(v));
    }
    return new Sampled(whole.length, values, sum, Math.sqrt(squares), max);
  }

  /**
   * Holds tensors against the truth: in DOUBLE every sample, the norm, the largest value, and the
   * sum (measured by the norm, since it may cancel); in FLOAT the samples.
   *
   * @param torch32 PyTorch's own float32 result, null in DOUBLE
   * @param bound the relative bound in DOUBLE
   */
  static void compare(
      Parity parity,
      String what,
      Map<String, double[]> ours,
      Map<String, Sampled> truth,
      Map<String, Sampled> torch32,
      double bound) {
    Assertions.assertEquals(truth.keySet(), ours.keySet(), "names of " + what);
    double all = rms(truth.values());
    Map<String, Sampled> sampled = new LinkedHashMap<>();
    truth.forEach(
        (name, t) -> {
          Assertions.assertEquals(t.n, ours.get(name).length, "number of values of " + name);
          sampled.put(name, of(ours.get(name), t.values.length));
        });
    if (parity.isDouble()) {
      truth.forEach(
          (name, t) -> {
            double scale = t.vanishesIn(all) ? all : 0;
            sampled.get(name).closeTo(t, scale, parity, what + " " + name, bound);
          });
      return;
    }
    double torch = relativeDistance(torch32, truth, all);
    parity.ratio(
        what + " of all tensors",
        relativeDistance(sampled, truth, all),
        torch,
        Parity.floor(1),
        Parity.TOGETHER);
    truth.forEach(
        (name, t) -> {
          // Where PyTorch was lucky in this tensor it is measured as in the others.
          double scale = (t.vanishesIn(all) ? all : t.l2 / Math.sqrt(t.n)) * t.root();
          double theirs = Parity.distance(torch32.get(name).values, t.values);
          parity.ratio(
              what + " " + name,
              Parity.distance(sampled.get(name).values, t.values),
              Math.max(theirs, torch * scale),
              Parity.floor(scale),
              Parity.ALONE);
        });
  }

  /** The root mean square, over all tensors, of the relative Euclidean distance. */
  private static double relativeDistance(
      Map<String, Sampled> some, Map<String, Sampled> truth, double all) {
    double sum = 0;
    for (Map.Entry<String, Sampled> e : truth.entrySet()) {
      Sampled t = e.getValue();
      if (!t.vanishesIn(all)) {
        double d = Parity.distance(some.get(e.getKey()).values, t.values);
        sum += square(d / (t.l2 / Math.sqrt(t.n) * t.root()));
      }
    }
    return Math.sqrt(sum / truth.size());
  }

  private boolean vanishesIn(double all) {
    return absmax < VANISHING * all;
  }

  private double root() {
    return Math.sqrt(values.length);
  }

  private static double square(double x) {
    return x * x;
  }

  private static double rms(Collection<Sampled> tensors) {
    double squares = 0;
    long n = 0;
    for (Sampled t : tensors) {
      squares += t.l2 * t.l2;
      n += t.n;
    }
    return Math.sqrt(squares / n);
  }

  /**
   * Holds tensors against the truth where PyTorch's own float32 is not on disk: the relative
   * distance of each may be twice the one given, which PyTorch had further down the network.
   */
  static void compare(
      Parity parity,
      String what,
      Map<String, double[]> ours,
      Map<String, Sampled> truth,
      double torchRelative) {
    Assertions.assertEquals(truth.keySet(), ours.keySet(), "names of " + what);
    truth.forEach(
        (name, t) -> {
          Sampled o = of(ours.get(name), t.values.length);
          double norm = Parity.distance(t.values, new double[t.values.length]);
          double far = Parity.distance(o.values, t.values);
          parity.ratio(
              what + " " + name, far, torchRelative * norm, Parity.floor(norm), Parity.TOGETHER);
        });
  }

  private void closeTo(Sampled t, double scale, Parity parity, String at, double bound) {
    double root = Math.sqrt(t.n);
    parity.close(at, values, t.values, Math.max(scale, t.l2 / root), bound);
    parity.close(at + " l2", new double[] {l2}, new double[] {t.l2}, scale * root, bound);
    parity.close(at + " absmax", new double[] {absmax}, new double[] {t.absmax}, scale, bound);
    double sumScale = Math.max(scale * root, t.l2);
    parity.close(at + " sum", new double[] {sum}, new double[] {t.sum}, sumScale, bound);
  }
}
