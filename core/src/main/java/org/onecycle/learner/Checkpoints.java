package org.onecycle.learner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.onecycle.array.Scope;
import org.onecycle.io.StoredTensor;
import org.onecycle.io.TorchCheckpoint;
import org.onecycle.io.Weights;
import org.onecycle.io.WeightsFormatException;
import org.onecycle.optim.OptimizerState;
import org.onecycle.tensor.Tensor;

/**
 * A learner's weights and optimiser in one safetensors file: the model's tensors under their own
 * names, the optimiser's under a prefix, its hyper-parameters as JSON in the metadata.
 */
final class Checkpoints {
  static final String OPTIMIZER = "optimizer/";
  private static final String KEY = "onecycle.checkpoint";
  private static final int SCHEMA = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a file holds; the optimiser's part is null if there is none. */
  private record Content(Map<String, StoredTensor> model, Saved optimizer) {}

  private record Saved(List<Map<String, Double>> hypers, Map<String, StoredTensor> tensors) {
    OptimizerState state() {
      Map<String, Tensor> loaded = new LinkedHashMap<>();
      tensors.forEach((name, t) -> loaded.put(name, t.toTensor()));
      return new OptimizerState(hypers, loaded);
    }
  }

  private Checkpoints() {}

  static Map<String, StoredTensor> store(Map<String, Tensor> state) {
    Map<String, StoredTensor> out = new LinkedHashMap<>();
    state.forEach((name, t) -> out.put(name, StoredTensor.of(name, t)));
    return out;
  }

  static void save(Learner learn, Path file, boolean withOpt) {
    Map<String, StoredTensor> tensors = store(learn.model().stateDict());
    ObjectNode about = JSON.createObjectNode().put("schema", SCHEMA);
    if (withOpt) {
      OptimizerState opt = learn.opt().stateDict();
      opt.tensors()
          .forEach(
              (name, t) -> tensors.put(OPTIMIZER + name, StoredTensor.of(OPTIMIZER + name, t)));
      ArrayNode hypers = about.putArray("hypers");
      opt.hypers().forEach(h -> h.forEach(hypers.addObject()::put));
    }
    Weights.write(file, tensors, Map.of("format", "pt", KEY, about.toString()));
  }

  /** Loads both or nothing. */
  static void load(Learner learn, Path file, boolean withOpt) {
    Content content = read(file);
    try (Scope s = Scope.open()) {
      Map<String, Tensor> model = new LinkedHashMap<>();
      content.model.forEach((name, t) -> model.put(name, t.toTensor()));
      if (!withOpt || content.optimizer == null) {
        learn.model().loadStateDict(model);
        return;
      }
      OptimizerState before = learn.opt().stateDict();
      learn.opt().loadStateDict(content.optimizer.state());
      try {
        learn.model().loadStateDict(model);
      } catch (IllegalArgumentException e) {
        learn.opt().loadStateDict(before);
        throw e;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static Content read(Path file) {
    Weights all = Weights.read(file);
    String about = all.metadata().get(KEY);
    if (about == null) {
      // Every safetensors file has metadata of its own kind; a PyTorch file has none.
      return new Content(all.tensors(), all.metadata().isEmpty() ? fastais(file) : null);
    }
    Map<String, StoredTensor> model = new LinkedHashMap<>();
    Map<String, StoredTensor> opt = new LinkedHashMap<>();
    all.tensors()
        .forEach(
            (name, t) -> {
              if (name.startsWith(OPTIMIZER)) {
                opt.put(name.substring(OPTIMIZER.length()), t);
              } else {
                model.put(name, t);
              }
            });
    JsonNode hypers = parse(file, about).path("hypers");
    return new Content(model, hypers.isArray() ? new Saved(hypers(hypers), opt) : null);
  }

  private static JsonNode parse(Path file, String about) {
    try {
      JsonNode node = JSON.readTree(about);
      if (node.path("schema").asInt(0) != SCHEMA) {
        throw new IllegalArgumentException(
            "%s: expected a checkpoint of schema %d, got %s"
                .formatted(file, SCHEMA, node.path("schema")));
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + ": damaged checkpoint metadata: " + e.getOriginalMessage(), e);
    }
  }

  private static List<Map<String, Double>> hypers(JsonNode groups) {
    List<Map<String, Double>> out = new ArrayList<>();
    for (JsonNode g : groups) {
      Map<String, Double> values = new LinkedHashMap<>();
      g.properties().forEach(e -> values.put(e.getKey(), e.getValue().asDouble()));
      out.add(values);
    }
    return out;
  }

  /** Reads the optimiser that fastai's learn.save writes beside the model, if there is one. */
  private static Saved fastais(Path file) {
    if (!(torchRoot(file) instanceof Map<?, ?> root)
        || !(root.get("opt") instanceof Map<?, ?> opt)
        || !(opt.get("hypers") instanceof List<?> groups)
        || !(opt.get("state") instanceof List<?> states)) {
      return null;
    }
    List<Map<String, Double>> hypers = new ArrayList<>();
    for (Object g : groups) {
      Map<String, Double> values = new LinkedHashMap<>();
      eachNumber(g, (name, v) -> values.put(name, v.doubleValue()));
      hypers.add(values);
    }
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < states.size(); i++) {
      String prefix = i + ".";
      eachNumber(
          states.get(i),
          (name, v) ->
              tensors.put(
                  prefix + name, StoredTensor.of(prefix + name, new long[] {v.longValue()})));
      if (states.get(i) instanceof Map<?, ?> state) {
        state.forEach(
            (name, v) -> {
              if (v instanceof StoredTensor t) {
                tensors.put(prefix + name, t.withName(prefix + name));
              }
            });
      }
    }
    return new Saved(hypers, tensors);
  }

  private static Object torchRoot(Path file) {
    try {
      return TorchCheckpoint.read(file).root();
    } catch (WeightsFormatException e) {
      return null; // a safetensors file without metadata
    }
  }

  private static void eachNumber(Object map, BiConsumer<String, Number> each) {
    if (map instanceof Map<?, ?> m) {
      m.forEach(
          (name, v) -> {
            if (v instanceof Number n) {
              each.accept(String.valueOf(name), n);
            }
          });
    }
  }
}
