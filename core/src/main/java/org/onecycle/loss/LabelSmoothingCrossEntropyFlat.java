package org.onecycle.loss;

import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * Cross entropy with a part of the certainty taken from the target and spread over all classes:
 * {@code eps / C * sum(-log p) + (1 - eps) * -log p[y]}. Szegedy et al. 2016, arXiv 1512.00567.
 *
 * <p>Logits are {@code [*, C]} (or with the classes on another axis), targets {@code [*]}.
 */
public final class LabelSmoothingCrossEntropyFlat implements Loss, Exportable {
  private final double eps;
  private final int axis;

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
    this.eps = eps;
    this.axis = axis;
  }

  @Override
  public Spec spec() {
    return new Spec("loss.label_smoothing", Spec.object().put("eps", eps).put("axis", axis));
  }

  @Override
  public Tensor forward(Tensor pred, Tensor target, Reduction reduction) {
    Tensor logits = Targets.classesLast(pred, axis);
    Tensor y = Targets.classes("LabelSmoothingCrossEntropyFlat", target, logits, pred);
    Tensor logp = F.logSoftmax(logits, -1);
    Tensor hit = logp.gather(1, y.reshape(-1, 1)).reshape(-1).mul(eps - 1);
    Tensor spread = logp.sum(1).mul(-eps / logits.size(1));
    return Targets.reduce(hit.add(spread), reduction);
  }

  @Override
  public Tensor activation(Tensor pred) {
    return F.softmax(pred, axis);
  }

  @Override
  public Tensor decodes(Tensor activated) {
    return activated.argmax(axis);
  }
}
