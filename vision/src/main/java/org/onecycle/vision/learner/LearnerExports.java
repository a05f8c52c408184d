package org.onecycle.vision.learner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.onecycle.io.ExportProvider;
import org.onecycle.io.Exports;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.nn.Init;
import org.onecycle.nn.Module;
import org.onecycle.nn.NnExports;
import org.onecycle.nn.NormType;
import org.onecycle.nn.Sequential;
import org.onecycle.vision.models.DynamicUnet;
import org.onecycle.vision.models.UnetOptions;

/** The models of learners on pictures by name. */
public final class LearnerExports implements ExportProvider {
  private static final String CLASSIFIER = "vision.body_and_head";
  private static final String UNET = "vision.unet";

  /** Made by the service loader. */
  public LearnerExports() {}

  @Override
  public void register() {
    Exports.register(
        CLASSIFIER,
        s ->
            new Sequential(
                body(s),
                Vision.createHead(
                    s.path("features").asInt(), s.path("outputs").asInt(), head(s.path("head")))));
    Exports.register(
        UNET,
        s ->
            DynamicUnet.of(
                body(s),
                s.path("outputs").asInt(),
                s.path("height").asInt(),
                s.path("width").asInt(),
                unet(s.path("unet")),
                Init.rng()));
  }

  /** The settings of a body: the network it is cut of, where, and the channels of the pictures. */
  static ObjectNode body(Spec network, int cut, int channels) {
    ObjectNode s = Spec.object().put("cut", cut).put("channels", channels);
    s.set("network", network.toJson());
    return s;
  }

  private static Sequential body(JsonNode s) {
    Module network = Json.piece(s, "network", Module.class);
    return Vision.createBody(network, s.path("cut").asInt(), s.path("channels").asInt(), false);
  }

  static Spec classifier(ObjectNode body, int features, int outputs, HeadOptions head) {
    body.put("features", features).put("outputs", outputs);
    body.set("head", toJson(head));
    return new Spec(CLASSIFIER, body);
  }

  static Spec unet(ObjectNode body, int outputs, int height, int width, UnetOptions unet) {
    body.put("outputs", outputs).put("height", height).put("width", width);
    body.set("unet", toJson(unet));
    return new Spec(UNET, body);
  }

  static ObjectNode toJson(HeadOptions o) {
    ObjectNode s = Spec.object();
    s.set("lin_ftrs", Json.integers(o.linFtrs()));
    s.set("ps", Json.numbers(o.ps().stream().mapToDouble(Double::doubleValue).toArray()));
    s.put("pool", o.pool());
    s.put("concat_pool", o.concatPool());
    s.put("first_bn", o.firstBn());
    s.put("bn_final", o.bnFinal());
    s.put("lin_first", o.linFirst());
    if (o.yRange() != null) {
      s.set("y_range", Json.numbers(o.yRange().low(), o.yRange().high()));
    }
    return s;
  }

  static HeadOptions head(JsonNode s) {
    double[] range = s.has("y_range") ? Json.numbers(s, "y_range") : null;
    return new HeadOptions(
        Json.integers(s, "lin_ftrs"),
        Arrays.stream(Json.numbers(s, "ps")).boxed().toList(),
        s.path("pool").asBoolean(),
        s.path("concat_pool").asBoolean(),
        s.path("first_bn").asBoolean(),
        s.path("bn_final").asBoolean(),
        s.path("lin_first").asBoolean(),
        range == null ? null : new HeadOptions.Range(range[0], range[1]));
  }

  static ObjectNode toJson(UnetOptions o) {
    ObjectNode s = Spec.object();
    s.put("blur", o.blur());
    s.put("blur_final", o.blurFinal());
    s.put("self_attention", o.selfAttention());
    s.put("last_cross", o.lastCross());
    s.put("bottle", o.bottle());
    s.put("norm", o.norm().name());
    s.set("act", NnExports.activation(o.act()).toJson());
    if (o.yRange() != null) {
      s.set("y_range", Json.numbers(o.yRange().low(), o.yRange().high()));
    }
    return s;
  }

  static UnetOptions unet(JsonNode s) {
    double[] range = s.has("y_range") ? Json.numbers(s, "y_range") : null;
    return new UnetOptions(
        s.path("blur").asBoolean(),
        s.path("blur_final").asBoolean(),
        s.path("self_attention").asBoolean(),
        range == null ? null : new UnetOptions.Range(range[0], range[1]),
        s.path("last_cross").asBoolean(),
        s.path("bottle").asBoolean(),
        NormType.valueOf(s.path("norm").asText()),
        NnExports.activation(s.path("act")));
  }
}
