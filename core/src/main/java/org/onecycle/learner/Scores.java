package org.onecycle.learner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of a validation.
 *
 * @param loss the mean loss, weighted by the batches' sizes; NaN without targets
 * @param metrics the metrics by name, in order
 */
public record Scores(double loss, Map<String, Double> metrics) {
  /** Copies the map. */
  public Scores {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * Returns a metric.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public double metric(String name) {
    return metric(metrics, name);
  }

  static double metric(Map<String, Double> metrics, String name) {
    Double value = metrics.get(name);
    if (value == null) {
      throw new IllegalArgumentException("No metric " + name + ", there are " + metrics.keySet());
    }
    return value;
  }
}
