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
}
