package org.onecycle.loss;

import org.onecycle.io.Spec;
import org.onecycle.tensor.Tensor;

/**
 * Cross entropy with a part of the certainty taken from the target and spread over all classes:
 * {@code eps / C * sum(-log p) + (1 - eps) * -log p[y]}. Szegedy et al. 2016, arXiv 1512.00567.
 *
 * <p>Logits are {@code [*, C]} (or with the classes on another axis), targets {@code [*]}.
 */
public final class LabelSmoothingCrossEntropyFlat extends ClassLoss {
  private final double eps;

  /** Makes a loss with eps 0.1 and the classes on the last axis. */
  public LabelSmoothingCrossEntropyFlat() {
    this(0.1, -1);
  }

  /**
   * Makes a loss.
   *
   * @param eps the part that is spread
   * @param axis the axis of the classes
   */
  public LabelSmoothingCrossEntropyFlat(double eps, int axis) {
    super(axis);
    this.eps = eps;
  }

  @Override
  public Spec spec() {
    return new Spec("loss.label_smoothing", Spec.object().put("eps", eps).put("axis", axis()));
  }

  @Override
  Tensor forward(Tensor logp, Tensor y, Tensor pred, Reduction reduction) {
    Tensor hit = ofRight(logp, y).mul(eps - 1);
    Tensor spread = logp.sum(1).mul(-eps / logp.size(1));
    return Targets.reduce(hit.add(spread), reduction);
  }
}
