package org.onecycle.loss;

import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Tensor;

/** The squared differences of predictions and targets with as many elements. */
public final class MSELossFlat implements Loss, Exportable {
  /** Makes the loss. */
  public MSELossFlat() {}

  @Override
  public Spec spec() {
    return Spec.of("loss.mse");
  }

  @Override
  public Tensor forward(Tensor pred, Tensor target, Reduction reduction) {
    Tensor y = Targets.numbers("MSELossFlat", target, pred);
    return Targets.reduce(pred.reshape(-1).sub(y).square(), reduction);
  }
}
