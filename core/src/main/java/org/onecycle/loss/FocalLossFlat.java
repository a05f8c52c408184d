package org.onecycle.loss;

import org.onecycle.io.Spec;
import org.onecycle.tensor.Tensor;

/**
 * Cross entropy in which easy items count less: {@code (1 - p)^gamma * -w[y] log p} with the
 * probability p of the right class. Lin et al. 2017, arXiv 1708.02002.
 *
 * <p>Logits are {@code [*, C]} (or with the classes on another axis), targets {@code [*]}. The mean
 * divides by the number of targets, also with weights.
 */
public final class FocalLossFlat extends ClassLoss {
  private static final double GAMMA = 2;

  private final double gamma;
  private final double[] weights;

  /** Makes a loss with gamma 2 and the classes on the last axis. */
  public FocalLossFlat() {
    this(GAMMA, -1, (double[]) null);
  }

  /**
   * Makes a loss.
   *
   * @param gamma how much less an easy item counts; 0 is the cross entropy
   * @param axis the axis of the classes
   * @param weights one a class, or null
   */
  public FocalLossFlat(double gamma, int axis, double... weights) {
    super(axis);
    if (!(gamma >= 0)) {
      throw new IllegalArgumentException("FocalLossFlat expects gamma of 0 or more, got " + gamma);
    }
    this.gamma = gamma;
    this.weights = weights == null || weights.length == 0 ? null : weights.clone();
  }

  @Override
  public Spec spec() {
    return LossExports.weighted(
        "loss.focal", Spec.object().put("gamma", gamma).put("axis", axis()), weights);
  }

  @Override
  Tensor forward(Tensor logp, Tensor y, Tensor pred, Reduction reduction) {
    Tensor right = ofRight(logp, y);
    Tensor losses = right.neg();
    if (gamma > 0) {
      Tensor rest = right.exp().neg().add(1);
      losses = losses.mul(gamma == 1 ? rest : rest.clamp(0, 1).pow(gamma));
    }
    if (weights != null) {
      losses = losses.mul(weights(weights, y, logp, pred));
    }
    return Targets.reduce(losses, reduction);
  }
}
