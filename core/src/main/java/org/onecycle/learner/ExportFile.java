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
import java.util.LinkedHashMap;
import java.util.Map;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.data.ItemReader;
import org.onecycle.io.Exportable;
import org.onecycle.io.Exports;
import org.onecycle.io.Spec;
import org.onecycle.io.StoredTensor;
import org.onecycle.io.Weights;
import org.onecycle.loss.Loss;
import org.onecycle.nn.Module;
import org.onecycle.tensor.Tensor;

/**
 * A whole learner for inference in one safetensors file: weights and running statistics, and in the
 * metadata a JSON text that names how the model, the reader and the loss are made, with a checksum
 * over both.
 */
final class ExportFile {
  private static final String TEXT = "onecycle.learner";
  private static final String CHECKSUM = "onecycle.sha256";
  private static final int SCHEMA = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ExportFile() {}

  static void write(Path file, Module module, Loss lossFunc, Spec model, ItemReader reader) {
    ObjectNode about = JSON.createObjectNode().put("schema", SCHEMA);
    about.set("model", model.toJson());
    about.set("reader", reader.spec().toJson());
    about.set("loss", Exportable.of(lossFunc).toJson());
    about.put("dtype", dtype(module).name());
    Map<String, StoredTensor> tensors = Checkpoints.store(module.stateDict());
    // What cannot be made again is found now, not when it is needed.
    fill(make(about), tensors);
    String text = about.toString();
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
      throw new IllegalArgumentException(file + ": not an exported learner");
    }
    if (!checksum(text, weights.tensors()).equals(weights.metadata().get(CHECKSUM))) {
      throw new IllegalArgumentException(file + ": damaged: the checksum does not fit");
    }
    try {
      JsonNode about = JSON.readTree(text);
      if (about.path("schema").asInt(0) != SCHEMA) {
        throw new IllegalArgumentException(
            "expected an export of schema " + SCHEMA + ", got " + about.path("schema"));
      }
      Module model = fill(make(about), weights.tensors());
      return new Predictor(
          model,
          Exports.make(Spec.fromJson(about.path("reader")), ItemReader.class),
          Exports.make(Spec.fromJson(about.path("loss")), Loss.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + ": " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static Module make(JsonNode about) {
    Module model = Exports.make(Spec.fromJson(about.path("model")), Module.class);
    return model.to(DType.valueOf(about.path("dtype").asText()));
  }

  private static Module fill(Module model, Map<String, StoredTensor> tensors) {
    try (Scope s = Scope.open()) {
      Map<String, Tensor> state = new LinkedHashMap<>();
      tensors.forEach((name, t) -> state.put(name, t.toTensor()));
      return model.loadStateDict(state).eval();
    }
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
