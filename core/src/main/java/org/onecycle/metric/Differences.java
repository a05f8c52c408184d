package org.onecycle.metric;

import java.util.function.DoubleBinaryOperator;
import org.onecycle.tensor.Tensor;

/** Means over the elements of a batch of some difference of prediction and target. */
final class Differences {
  private Differences() {}

  private static double mean(Tensor pred, Tensor target, DoubleBinaryOperator difference) {
    double[] p = pred.toDoubles();
    double[] t = target.toDoubles();
    Flat.check(p.length, t.length, pred, target);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += difference.applyAsDouble(p[i], t[i]);
    }
    return sum / p.length;
  }

  private static double sq(double x) {
    return x * x;
  }

  static double square(Tensor pred, Tensor target) {
    return mean(pred, target, (p, t) -> sq(p - t));
  }

  static double absolute(Tensor pred, Tensor target) {
    return mean(pred, target, (p, t) -> Math.abs(p - t));
  }

  static double squareLog(Tensor pred, Tensor target) {
    return mean(pred, target, (p, t) -> sq(Math.log1p(p) - Math.log1p(t)));
  }

  static double relativeExp(Tensor pred, Tensor target) {
    // (exp(t) - exp(p)) / exp(t), without the overflow.
    return mean(pred, target, (p, t) -> sq(Math.expm1(p - t)));
  }
}
