package org.onecycle.callback;

import org.onecycle.tensor.Rng;

/** Draws from the gamma and beta distributions. Marsaglia and Tsang 2000. */
final class Gamma {
  private Gamma() {}

  /** Draws from the beta distribution with both parameters {@code alpha}. */
  static double beta(double alpha, Rng rng) {
    double a = gamma(alpha, rng);
    double b = gamma(alpha, rng);
    // For a tiny alpha both may be too small for a double: the outcomes are then 0 and 1.
    return a + b > 0 ? a / (a + b) : rng.nextInt(2);
  }

  static double gamma(double shape, Rng rng) {
    if (shape < 1) {
      return gamma(shape + 1, rng) * Math.pow(1 - rng.nextDouble(), 1 / shape);
    }
    double d = shape - 1 / 3.0;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = rng.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      double u = 1 - rng.nextDouble();
      if (v > 0 && Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }
}
