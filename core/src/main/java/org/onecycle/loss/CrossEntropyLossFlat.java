package org.onecycle.loss;

import org.onecycle.io.Spec;
import org.onecycle.tensor.Tensor;

/**
 * Cross entropy of logits {@code [*, C]} (or with the classes on another axis) and class numbers
 * {@code [*]}: {@code -w[y] log softmax(x)[y]}; the mean divides by the sum of the weights.
 *
 * <p>The activation is softmax, decoding takes the most probable class.
 */
public final class CrossEntropyLossFlat extends ClassLoss {
  private final double[] weights;

  /** Makes a loss with the classes on the last axis. */
  public CrossEntropyLossFlat() {
    this(-1);
  }

  /** Makes a loss with the classes on this axis. */
  public CrossEntropyLossFlat(int axis) {
    this(axis, (double[]) null);
  }

  /** Makes a loss with a weight for each class, or null. */
  public CrossEntropyLossFlat(int axis, double... weights) {
    super(axis);
    this.weights = weights == null ? null : weights.clone();
  }

  @Override
  public Spec spec() {
    return LossExports.weighted("loss.cross_entropy", Spec.object().put("axis", axis()), weights);
  }

  @Override
  Tensor forward(Tensor logp, Tensor y, Tensor pred, Reduction reduction) {
    Tensor losses = ofRight(logp, y).neg();
    if (weights == null) {
      return Targets.reduce(losses, reduction);
    }
    Tensor w = weights(weights, y, logp, pred);
    Tensor weighted = losses.mul(w);
    return reduction == Reduction.MEAN
        ? weighted.sum().div(w.sum())
        : Targets.reduce(weighted, reduction);
  }
}
