package org.onecycle.loss;

import java.util.Arrays;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * Cross entropy in which easy items count less: {@code (1 - p)^gamma * -w[y] log p} with the
 * probability p of the right class. Lin et al. 2017, arXiv 1708.02002.
 *
 * <p>Logits are {@code [*, C]} (or with the classes on another axis), targets {@code [*]}. The mean
 * divides by the number of targets, also with weights.
 */
public final class FocalLossFlat implements Loss, Exportable {
  private static final double GAMMA = 2;

  private final double gamma;
  private final int axis;
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
    if (!(gamma >= 0)) {
      throw new IllegalArgumentException("FocalLossFlat expects gamma of 0 or more, got " + gamma);
    }
    this.gamma = gamma;
    this.axis = axis;
    this.weights = weights == null || weights.length == 0 ? null : weights.clone();
  }

  @Override
  public Spec spec() {
    return LossExports.weighted(
        "loss.focal", Spec.object().put("gamma", gamma).put("axis", axis), weights);
  }

  @Override
  public Tensor forward(Tensor pred, Tensor target, Reduction reduction) {
    Tensor logits = Targets.classesLast(pred, axis);
    Tensor y = Targets.classes("FocalLossFlat", target, logits, pred);
    Tensor logp = F.logSoftmax(logits, -1).gather(1, y.reshape(-1, 1)).reshape(-1);
    Tensor losses = logp.neg();
    if (gamma > 0) {
      Tensor rest = logp.exp().neg().add(1);
      losses = losses.mul(gamma == 1 ? rest : rest.clamp(0, 1).pow(gamma));
    }
    if (weights != null) {
      if (weights.length != logits.size(1)) {
        throw new IllegalArgumentException(
            "FocalLossFlat has %d class weights, got predictions %s"
                .formatted(weights.length, Arrays.toString(pred.shape())));
      }
      Tensor w = Tensor.of(weights, weights.length).to(pred.dtype()).detach();
      losses = losses.mul(w.indexSelect(0, y));
    }
    return Targets.reduce(losses, reduction);
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
