package org.onecycle.learner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row of a history.
 *
 * @param epoch the number of the epoch, counted from 0
 * @param trainLoss the smoothed training loss at the end of the epoch; NaN without training
 * @param validLoss the mean loss over the validation data; NaN without validation
 * @param metrics the metrics by the names of their columns, in order
 * @param seconds how long the epoch took
 */
public record EpochRecord(
    int epoch, double trainLoss, double validLoss, Map<String, Double> metrics, double seconds) {
  /** Copies the map. */
  public EpochRecord {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * Returns a metric.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public double metric(String name) {
    return Scores.metric(metrics, name);
  }
}
