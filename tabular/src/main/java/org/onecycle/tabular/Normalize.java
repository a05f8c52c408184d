package org.onecycle.tabular;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.onecycle.io.Spec;

/**
 * Brings continuous columns to mean 0 and deviation 1: {@code (x - mean) / std}, where {@code std}
 * is the population's deviation of the training rows plus 1e-7.
 */
public final class Normalize extends TabularProc {
  private static final double EPS = 1e-7;
  private static final int ORDER = 99;

  /** Makes the step. */
  public Normalize() {}

  @Override
  int order() {
    return ORDER;
  }

  @Override
  FittedNormalize fit(Cells train) {
    Map<String, Double> means = new LinkedHashMap<>();
    Map<String, Double> stds = new LinkedHashMap<>();
    train
        .conts()
        .forEach(
            (name, values) -> {
              double sum = 0;
              for (double v : values) {
                sum += v;
              }
              double mean = sum / values.length;
              double squares = 0;
              for (double v : values) {
                squares += (v - mean) * (v - mean);
              }
              means.put(name, mean);
              stds.put(name, Math.sqrt(squares / values.length) + EPS);
            });
    return new FittedNormalize(means, stds);
  }

  /** Means and deviations by column. */
  record FittedNormalize(Map<String, Double> means, Map<String, Double> stds) implements Fitted {
    static final String NAME = "tabular.normalize";

    static FittedNormalize of(JsonNode s) {
      return new FittedNormalize(numbers(s.path("means")), numbers(s.path("stds")));
    }

    private static Map<String, Double> numbers(JsonNode s) {
      Map<String, Double> out = new LinkedHashMap<>();
      s.properties().forEach(e -> out.put(e.getKey(), e.getValue().asDouble()));
      return out;
    }

    @Override
    public Spec spec() {
      ObjectNode s = Spec.object();
      ObjectNode allMeans = s.putObject("means");
      ObjectNode allStds = s.putObject("stds");
      means.forEach(allMeans::put);
      stds.forEach(allStds::put);
      return new Spec(NAME, s);
    }

    @Override
    public void encode(Cells cells) {
      each(cells, (v, mean, std) -> (v - mean) / std);
    }

    @Override
    public void decode(Cells cells) {
      each(cells, (v, mean, std) -> v * std + mean);
    }

    private void each(Cells cells, Step step) {
      cells
          .conts()
          .forEach(
              (name, v) -> {
                double mean = means.get(name);
                double std = stds.get(name);
                for (int r = 0; r < v.length; r++) {
                  v[r] = step.apply(v[r], mean, std);
                }
              });
    }
  }

  private interface Step {
    double apply(double value, double mean, double std);
  }
}
