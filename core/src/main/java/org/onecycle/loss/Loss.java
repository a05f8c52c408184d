package org.onecycle.loss;

import org.onecycle.tensor.Tensor;

/** What training makes small, and how to read the predictions it was computed from. */
public interface Loss {
  /** How the losses of single targets become the result. */
  enum Reduction {
    /** Their mean, weighted where the loss has weights. */
    MEAN,
    /** Their sum. */
    SUM,
    /** All of them, as one axis. */
    NONE
  }

  /**
   * Computes the loss.
   *
   * @throws IllegalArgumentException if the target does not fit the prediction
   */
  Tensor forward(Tensor pred, Tensor target, Reduction reduction);

  /** Computes the mean loss. */
  default Tensor forward(Tensor pred, Tensor target) {
    return forward(pred, target, Reduction.MEAN);
  }

  /** Turns the model's output into what users see, for example probabilities. */
  default Tensor activation(Tensor pred) {
    return pred;
  }

  /** Turns activated predictions into answers in the form of the targets. */
  default Tensor decodes(Tensor activated) {
    return activated;
  }
}
