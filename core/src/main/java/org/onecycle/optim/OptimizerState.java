package org.onecycle.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onecycle.tensor.Tensor;

/**
 * A copy of what an optimiser knows, to be saved or restored.
 *
 * @param hypers the hyper-parameters by name, one map a group
 * @param tensors the state of each parameter: {@code "12.grad_avg"} belongs to parameter 12 of all
 *     groups joined; {@code "12.step"} is an INT64 number
 */
public record OptimizerState(List<Map<String, Double>> hypers, Map<String, Tensor> tensors) {
  /** Makes a state; the collections are copied, the tensors are not. */
  public OptimizerState {
    hypers = hypers.stream().<Map<String, Double>>map(LinkedHashMap::new).toList();
    tensors = new LinkedHashMap<>(tensors);
  }
}
