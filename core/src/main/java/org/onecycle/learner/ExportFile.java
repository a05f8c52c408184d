package org.onecycle.learner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.data.ItemReader;
import org.onecycle.io.Exportable;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.io.StoredTensor;
import org.onecycle.io.Weights;
import org.onecycle.loss.Loss;
import org.onecycle.nn.Init;
import org.onecycle.nn.Module;
import org.onecycle.tensor.Tensor;

/**
 * A whole learner for inference in one safetensors file: weights and running statistics, and in the
 * metadata a JSON text that names how the model, the reader and the loss are made, with a checksum
 * over both.
 */
final class ExportFile {
  static final String TEXT = "onecycle.learner";
  static final String CHECKSUM = "onecycle.sha256";

  /** Raised when an older version could not read what is written. */
  static final int SCHEMA = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private ExportFile() {}

  static void write(Path file, Learner learn) {
    write(file, learn, learn.dls().reader(PredictOne.targetKinds(learn)));
  }

  static void write(Path file, Learner learn, ItemReader reader) {
    write(file, learn.model(), learn.lossFunc(), learn.modelSpec(), reader);
  }

  static void write(Path file, Module module, Loss lossFunc, Spec model, ItemReader reader) {
    ObjectNode about = JSON.createObjectNode().put("schema", SCHEMA);
    about.set("model", model.toJson());
    about.set("reader", reader.spec().toJson());
    about.set("loss", Exportable.of(lossFunc).toJson());
    about.put("dtype", dtype(module).name());
    Map<String, StoredTensor> tensors = Checkpoints.store(once(module.stateDict()));
    // What cannot be made again is found now, not when it is needed.
    predictor(about, tensors);
    write(file, about.toString(), tensors);
  }

  static void write(Path file, String text, Map<String, StoredTensor> tensors) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put(TEXT, text);
    metadata.put(CHECKSUM, checksum(text, tensors));
    Weights.write(file, tensors, metadata);
  }

  private static DType dtype(Module module) {
    return module.parameters().stream()
        .map(p -> p.tensor().dtype())
        .findFirst()
        .orElse(DType.FLOAT);
  }

  static Predictor read(Path file) {
    Weights weights = Weights.read(file);
    String text = weights.metadata().get(TEXT);
    if (text == null) {
      throw new IllegalArgumentException(
          file
              + ": not an exported learner: expected "
              + TEXT
              + " in the metadata, got "
              + weights.metadata().keySet());
    }
    try {
      JsonNode about = JSON.readTree(text);
      // The format says how the rest is to be understood, the checksum among it.
      if (about.path("schema").asInt(0) > SCHEMA) {
        throw new IllegalArgumentException(
            "expected an export of format %d, got format %s: a newer version of Onecycle reads it"
                .formatted(SCHEMA, about.path("schema")));
      }
      String expected = weights.metadata().get(CHECKSUM);
      String found = checksum(text, weights.tensors());
      if (!found.equals(expected)) {
        throw new IllegalArgumentException(
            "damaged: expected the checksum %s, got %s".formatted(expected, found));
      }
      return predictor(about, weights.tensors());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + ": damaged: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static Predictor predictor(JsonNode about, Map<String, StoredTensor> tensors) {
    ItemReader reader = Json.piece(about, "reader", ItemReader.class);
    Loss loss = Json.piece(about, "loss", Loss.class);
    Module model = Init.undrawn(() -> Json.piece(about, "model", Module.class));
    model.to(DType.valueOf(about.path("dtype").asText()));
    return new Predictor(fill(model, tensors), reader, loss);
  }

  private static Module fill(Module model, Map<String, StoredTensor> tensors) {
    try (Scope s = Scope.open()) {
      Map<String, Tensor> state = new LinkedHashMap<>();
      tensors.forEach((name, t) -> state.put(name, t.toTensor()));
      aliases(model.stateDict())
          .forEach(
              (name, first) -> {
                if (state.containsKey(first)) {
                  state.putIfAbsent(name, state.get(first));
                }
              });
      return model.loadStateDict(state).eval();
    }
  }

  /** Tied weights, which have several names, are written under the first of them. */
  private static Map<String, Tensor> once(Map<String, Tensor> state) {
    Map<String, Tensor> out = new LinkedHashMap<>(state);
    out.keySet().removeAll(aliases(state).keySet());
    return out;
  }

  /** The names of tensors that have another name before, and that name. */
  private static Map<String, String> aliases(Map<String, Tensor> state) {
    Map<Tensor, String> first = new IdentityHashMap<>();
    Map<String, String> out = new LinkedHashMap<>();
    state.forEach(
        (name, t) -> {
          String before = first.putIfAbsent(t, name);
          if (before != null) {
            out.put(name, before);
          }
        });
    return out;
  }

  private static String checksum(String text, Map<String, StoredTensor> tensors) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(text.getBytes(StandardCharsets.UTF_8));
      tensors.forEach(
          (name, t) -> {
            String head = name + " " + t.type() + " " + Arrays.toString(t.shape());
            sha.update(head.getBytes(StandardCharsets.UTF_8));
            sha.update(t.data());
          });
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
