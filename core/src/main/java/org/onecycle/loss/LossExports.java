package org.onecycle.loss;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.onecycle.io.ExportProvider;
import org.onecycle.io.Exports;
import org.onecycle.io.Spec;

/** The losses by name. */
public final class LossExports implements ExportProvider {
  /** Made by the service loader. */
  public LossExports() {}

  @Override
  public void register() {
    Exports.register(
        "loss.cross_entropy",
        s -> new CrossEntropyLossFlat(s.path("axis").asInt(-1), weights(s.path("weights"))));
    Exports.register(
        "loss.label_smoothing",
        s -> new LabelSmoothingCrossEntropyFlat(s.get("eps").asDouble(), s.get("axis").asInt()));
    Exports.register(
        "loss.focal",
        s ->
            new FocalLossFlat(
                s.get("gamma").asDouble(), s.get("axis").asInt(), weights(s.path("weights"))));
    Exports.register("loss.bce", s -> new BCELossFlat(s.get("thresh").asDouble()));
    Exports.register(
        "loss.bce_with_logits", s -> new BCEWithLogitsLossFlat(s.get("thresh").asDouble()));
    Exports.register("loss.mse", s -> new MSELossFlat());
    Exports.register("loss.l1", s -> new L1LossFlat());
    Exports.register(
        "loss.dice",
        s ->
            new DiceLoss(
                s.get("smooth").asDouble(),
                Loss.Reduction.valueOf(s.get("reduction").asText()),
                s.get("square_in_union").asBoolean()));
  }

  private static double[] weights(JsonNode node) {
    if (!node.isArray()) {
      return null;
    }
    double[] out = new double[node.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = node.get(i).asDouble();
    }
    return out;
  }

  static Spec weighted(String name, ObjectNode settings, double... weights) {
    if (weights != null) {
      for (double w : weights) {
        settings.withArray("weights").add(w);
      }
    }
    return new Spec(name, settings);
  }
}
