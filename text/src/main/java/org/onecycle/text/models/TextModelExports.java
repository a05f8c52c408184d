package org.onecycle.text.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.onecycle.io.ExportProvider;
import org.onecycle.io.Exports;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;

/** The models of texts by name. */
public final class TextModelExports implements ExportProvider {
  static final String LANGUAGE_MODEL = "text.language_model";
  static final String CLASSIFIER = "text.classifier";

  /** Made by the service loader. */
  public TextModelExports() {}

  @Override
  public void register() {
    Exports.register(LANGUAGE_MODEL, s -> new LanguageModel(words(s), config(s)));
    Exports.register(
        CLASSIFIER,
        s ->
            new TextClassifier(
                new SentenceEncoder(
                    s.path("bptt").asInt(),
                    new AwdLstm(words(s), config(s)),
                    s.path("max_len").asInt()),
                new PoolingLinearClassifier(
                    Json.integers(s, "dims"),
                    Arrays.stream(Json.numbers(s, "ps")).boxed().toList())));
  }

  /** The number of words, sizes and dropouts. */
  static ObjectNode settings(AwdLstm model) {
    AwdLstmConfig c = model.config();
    AwdDropouts d = c.dropouts();
    ObjectNode s = Spec.object();
    s.put("words", model.encoder().weight().shape()[0]);
    s.put("emb_size", c.embSize()).put("hidden", c.hidden()).put("layers", c.layers());
    s.put("pad_token", c.padToken());
    s.set("dropouts", Json.numbers(d.output(), d.hidden(), d.input(), d.embed(), d.weight()));
    return s.put("tie_weights", c.tieWeights()).put("out_bias", c.outBias());
  }

  private static int words(JsonNode s) {
    return s.path("words").asInt();
  }

  private static AwdLstmConfig config(JsonNode s) {
    double[] p = Json.numbers(s, "dropouts");
    return new AwdLstmConfig(
        s.path("emb_size").asInt(),
        s.path("hidden").asInt(),
        s.path("layers").asInt(),
        s.path("pad_token").asLong(),
        new AwdDropouts(p[0], p[1], p[2], p[3], p[4]),
        s.path("tie_weights").asBoolean(),
        s.path("out_bias").asBoolean());
  }
}
