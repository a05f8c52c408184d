package org.onecycle.metric;

import org.onecycle.tensor.Tensor;

/** A number for the predictions and targets of one batch. */
@FunctionalInterface
public interface BatchFunction {
  /** Computes the mean over the batch. */
  double apply(Tensor pred, Tensor target);
}
