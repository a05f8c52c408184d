package org.onecycle.backend;

import org.onecycle.array.Array;

/**
 * An optimiser's step on one parameter: changes the parameter and the averages in place, in one
 * pass where the backend can. Arrays have one shape and one floating type; gradients are only read.
 */
public interface OptimKernels {
  /**
   * The numbers of a step of gradient descent.
   *
   * @param shrink what the parameter is multiplied with first: {@code 1 - lr wd}, or 1
   * @param l2 what is added to the gradient for each unit of the shrunk parameter, or 0
   */
  record Sgd(double lr, double mom, double shrink, double l2) {}

  /**
   * The numbers of a step of Adam.
   *
   * @param step which step of this parameter it is, from 1
   * @param shrink what the parameter is multiplied with first: {@code 1 - lr wd}, or 1
   * @param l2 what is added to the gradient for each unit of the shrunk parameter, or 0
   */
  record Adam(
      double lr, double mom, double sqrMom, double eps, long step, double shrink, double l2) {
    /** Returns {@code lr / (1 - mom^step)}. */
    double debiasedLr() {
      return lr / (1 - Math.pow(mom, step));
    }

    /** Returns the factor that debiases the root of the average square. */
    double rootFactor() {
      return 1 / Math.sqrt(1 - Math.pow(sqrMom, step));
    }
  }

  /**
   * Gradient descent: {@code avg = mom avg + g; p = p - lr avg}.
   *
   * @param avg the average, or null for {@code p = p - lr g}
   */
  void sgdStep(Array param, Array grad, Array avg, Sgd by);

  /**
   * Adam: {@code m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; p = p - lr / (1 - b1^t) m /
   * (sqrt(v / (1 - b2^t)) + eps)} with {@code b1} the momentum of this very step.
   */
  void adamStep(Array param, Array grad, Array m, Array v, Adam by);
}
