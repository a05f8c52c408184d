package org.onecycle.loss;

import java.util.Arrays;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * Cross entropy of logits {@code [*, C]} (or with the classes on another axis) and class numbers
 * {@code [*]}: {@code -w[y] log softmax(x)[y]}; the mean divides by the sum of the weights.
 *
 * <p>The activation is softmax, decoding takes the most probable class.
 */
public final class CrossEntropyLossFlat implements Loss, Exportable {
  private final int axis;
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
    this.axis = axis;
    this.weights = weights == null ? null : weights.clone();
  }

  @Override
  public Spec spec() {
    return LossExports.weighted("loss.cross_entropy", Spec.object().put("axis", axis), weights);
  }

  @Override
  public Tensor forward(Tensor pred, Tensor target, Reduction reduction) {
    Tensor logits = Targets.classesLast(pred, axis);
    Tensor y = Targets.classes("CrossEntropyLossFlat", target, logits, pred);
    Tensor losses = F.logSoftmax(logits, -1).gather(1, y.reshape(-1, 1)).reshape(-1).neg();
    if (weights == null) {
      return Targets.reduce(losses, reduction);
    }
    if (weights.length != logits.size(1)) {
      throw new IllegalArgumentException(
          "CrossEntropyLossFlat has %d class weights, got predictions %s"
              .formatted(weights.length, Arrays.toString(pred.shape())));
    }
    Tensor w = Tensor.of(weights, weights.length).to(pred.dtype()).detach().indexSelect(0, y);
    Tensor weighted = losses.mul(w);
    return reduction == Reduction.MEAN
        ? weighted.sum().div(w.sum())
        : Targets.reduce(weighted, reduction);
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
