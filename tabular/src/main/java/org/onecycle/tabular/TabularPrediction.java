package org.onecycle.tabular;

import java.util.Map;
import org.onecycle.tensor.Tensor;

/**
 * The prediction for one row.
 *
 * @param row the row as the model saw it, decoded, {@code _na} columns among it, and the predicted
 *     target
 * @param decoded the answer: a label, or a number (the first where there are several)
 * @param target the answer in the form of the targets
 * @param activated what the answer was read from: the probabilities of the classes, or numbers
 */
public record TabularPrediction(
    Map<String, Object> row, Object decoded, Tensor target, Tensor activated) {}
