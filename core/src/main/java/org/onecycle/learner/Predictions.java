package org.onecycle.learner;

import java.util.List;
import org.onecycle.tensor.Tensor;

/**
 * Predictions for a set of items, a row each, in the order of the data set.
 *
 * @param inputs the inputs, if they were asked for; else empty
 * @param preds the activated predictions {@code [N, ...]}
 * @param targets the targets {@code [N, ...]}; empty if the items have none
 * @param losses the loss of each item {@code [N]}; null unless asked for
 * @param decoded the predictions as the loss decodes them, such as the numbers of classes {@code
 *     [N]}; null unless asked for
 */
public record Predictions(
    List<Tensor> inputs, Tensor preds, List<Tensor> targets, Tensor losses, Tensor decoded) {
  /** Copies the lists. */
  public Predictions {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
  }
}
