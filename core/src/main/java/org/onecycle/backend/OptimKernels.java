package org.onecycle.backend;

import java.util.List;
import org.onecycle.array.Array;

/**
 * Optimisers' steps: change parameters and what is remembered about them in place, all parameters
 * of a group in one pass where the backend can. Arrays of one update have one shape and one
 * floating type; gradients are only read.
 */
public interface OptimKernels {
  /**
   * The step of one parameter.
   *
   * @param mean the average of gradients, or for {@link Lookahead} the slow weights; may be null
   *     where the rule says so
   * @param square the average of squared gradients; null unless the rule is {@link Adaptive}
   */
  record Update(Array param, Array grad, Array mean, Array square, Rule rule) {}

  /** What a step does. */
  sealed interface Rule permits Sgd, Adaptive, Lookahead {}

  /**
   * Gradient descent: {@code p = shrink p; d = g + l2 p; mean = mom mean + d; p = p - lr mean}, or
   * {@code p - lr d} if there is no mean.
   *
   * @param shrink what the parameter is multiplied with first: {@code 1 - lr wd}, or 1
   * @param l2 what is added to the gradient for each unit of the shrunk parameter, or 0
   */
  record Sgd(double lr, double mom, double shrink, double l2) implements Rule {}

  /**
   * Descent along a direction: {@code p = shrink p; d = g + l2 p}, then the averages of d, then
   * {@code p = p - lr q direction}. There may be no mean if its weight in the direction is 0.
   *
   * @param shrink as for {@link Sgd}
   * @param l2 as for {@link Sgd}
   * @param largest if positive, {@code q} is the ratio of the parameter's length to the
   *     direction's, at most this, and 1 if one of them is 0; else q is 1
   */
  record Adaptive(
      double lr, double shrink, double l2, Averages averages, Direction direction, double largest)
      implements Rule {}

  /** {@code mean = mom mean + damp d; square = sqrMom square + (1 - sqrMom) d^2}. */
  record Averages(double mom, double damp, double sqrMom) {}

  /**
   * {@code (ofGrad d + ofMean mean) / (sqrt(ofSquare square + ofGradSquare d^2) + eps)}.
   *
   * @param beta the sharpness of a softplus on the denominator; 0 for none
   */
  record Direction(
      double ofGrad,
      double ofMean,
      double ofSquare,
      double ofGradSquare,
      double eps,
      double beta) {}

  /**
   * {@code slow = slow + alpha (p - slow); p = slow}, with the slow weights in the mean's place.
   */
  record Lookahead(double alpha) implements Rule {}

  /** Makes the steps, in any order: the parameters are different ones. */
  void step(List<Update> updates);

  /** Returns the sum of the squares of all elements. */
  double squares(List<Array> arrays);

  /** Multiplies all elements, in place. */
  void scale(List<Array> arrays, double factor);
}
