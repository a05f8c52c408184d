package org.onecycle.loss;

import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Tensor;

/** The absolute differences of predictions and targets with as many elements. */
public final class L1LossFlat implements Loss, Exportable {
  /** Makes the loss. */
  public L1LossFlat() {}

  @Override
  public Spec spec() {
    return Spec.of("loss.l1");
  }

  @Override
  public Tensor forward(Tensor pred, Tensor target, Reduction reduction) {
    Tensor y = Targets.numbers("L1LossFlat", target, pred);
    return Targets.reduce(pred.reshape(-1).sub(y).abs(), reduction);
  }
}
