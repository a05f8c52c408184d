package org.onecycle.learner;

import org.onecycle.tensor.Tensor;

/**
 * The prediction for one item.
 *
 * @param decoded the answer as a person reads it, such as a label
 * @param target the answer in the form of the targets
 * @param activated what the answer was read from, such as probabilities
 */
public record Prediction(Object decoded, Tensor target, Tensor activated) {}
