package org.onecycle.loss;

import org.onecycle.tensor.Tensor;

/** The absolute differences of predictions and targets with as many elements. */
public final class L1LossFlat implements Loss {
  /** Makes the loss. */
  public L1LossFlat() {}

  @Override
  public Tensor forward(Tensor pred, Tensor target, Reduction reduction) {
    Tensor y = Targets.numbers("L1LossFlat", target, pred);
    return Targets.reduce(pred.reshape(-1).sub(y).abs(), reduction);
  }
}
