package org.onecycle.loss;

import java.util.Arrays;
import org.onecycle.io.Exportable;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/** A loss of logits of classes on an axis: softmax activates, the most probable class decodes. */
abstract sealed class ClassLoss implements Loss, Exportable
    permits CrossEntropyLossFlat, FocalLossFlat, LabelSmoothingCrossEntropyFlat {
  private final int axis;

  ClassLoss(int axis) {
    this.axis = axis;
  }

  /** Returns the axis of the classes. */
  final int axis() {
    return axis;
  }

  @Override
  public final Tensor forward(Tensor pred, Tensor target, Reduction reduction) {
    Tensor logits = Targets.classesLast(pred, axis);
    Tensor y = Targets.classes(getClass().getSimpleName(), target, logits, pred);
    return forward(F.logSoftmax(logits, -1), y, pred, reduction);
  }

  /**
   * Computes the loss.
   *
   * @param logp logarithms of probabilities {@code [N, C]}
   * @param y classes {@code [N]}
   * @param pred the predictions as they came, for messages
   */
  abstract Tensor forward(Tensor logp, Tensor y, Tensor pred, Reduction reduction);

  /** Returns the logarithm of the probability of each right class {@code [N]}. */
  static Tensor ofRight(Tensor logp, Tensor y) {
    return logp.gather(1, y.reshape(-1, 1)).reshape(-1);
  }

  /** Returns the weight of each right class {@code [N]}. */
  final Tensor weights(double[] weights, Tensor y, Tensor logp, Tensor pred) {
    if (weights.length != logp.size(1)) {
      throw new IllegalArgumentException(
          "%s has %d class weights, got predictions %s"
              .formatted(
                  getClass().getSimpleName(), weights.length, Arrays.toString(pred.shape())));
    }
    return Tensor.of(weights, weights.length).to(pred.dtype()).detach().indexSelect(0, y);
  }

  @Override
  public final Tensor activation(Tensor pred) {
    return F.softmax(pred, axis);
  }

  @Override
  public final Tensor decodes(Tensor activated) {
    return activated.argmax(axis);
  }
}
