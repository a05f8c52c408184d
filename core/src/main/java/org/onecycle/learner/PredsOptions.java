package org.onecycle.learner;

import java.util.function.UnaryOperator;
import org.onecycle.tensor.Tensor;

/**
 * What predictions are to come with.
 *
 * @param withInput whether the inputs are returned
 * @param withLoss whether the loss of each item is returned
 * @param withDecoded whether the predictions are returned as the loss decodes them too
 * @param act the activation; null for the loss's
 */
public record PredsOptions(
    boolean withInput, boolean withLoss, boolean withDecoded, UnaryOperator<Tensor> act) {
  /** Predictions and targets only, with the loss's activation. */
  public static final PredsOptions DEFAULT = new PredsOptions(false, false, false, null);

  /** These options with the inputs. */
  public PredsOptions inputs() {
    return new PredsOptions(true, withLoss, withDecoded, act);
  }

  /** These options with the loss of each item. */
  public PredsOptions losses() {
    return new PredsOptions(withInput, true, withDecoded, act);
  }

  /** These options with the decoded predictions, such as the numbers of the classes. */
  public PredsOptions decoded() {
    return new PredsOptions(withInput, withLoss, true, act);
  }

  /** These options with another activation. */
  public PredsOptions activation(UnaryOperator<Tensor> function) {
    return new PredsOptions(withInput, withLoss, withDecoded, function);
  }
}
