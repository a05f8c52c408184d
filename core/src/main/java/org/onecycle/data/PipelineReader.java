package org.onecycle.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.onecycle.io.Exportable;
import org.onecycle.io.Exports;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * Reads items by transforms, as in validation: one pipeline an input, then steps on the batch. An
 * answer is a label of the vocabulary where there is one.
 *
 * <p>With one input an item is what its first transform takes; with more it is a {@link Sample} of
 * them. Every transform must be {@link Exportable} for {@link #spec}.
 */
public final class PipelineReader implements ItemReader {
  /** The name of the factory. */
  public static final String NAME = "data.pipeline";

  private final List<Pipeline> inputs;
  private final List<BatchTransform> batch;
  private final List<String> vocab;

  /** Makes a reader; without a vocabulary answers stay numbers. */
  public PipelineReader(
      List<Pipeline> inputs, List<? extends BatchTransform> batch, List<String> vocab) {
    this.inputs = List.copyOf(inputs);
    this.batch = BatchTransforms.of(batch).transforms();
    this.vocab = List.copyOf(vocab);
  }

  static PipelineReader of(JsonNode settings) {
    List<Pipeline> inputs = new ArrayList<>();
    for (JsonNode input : settings.get("inputs")) {
      List<Transform<?, ?>> steps = new ArrayList<>();
      input.forEach(t -> steps.add(Exports.make(Spec.fromJson(t), Transform.class)));
      inputs.add(Pipeline.of(steps));
    }
    List<BatchTransform> batch = new ArrayList<>();
    settings
        .get("batch")
        .forEach(t -> batch.add(Exports.make(Spec.fromJson(t), BatchTransform.class)));
    List<String> vocab = new ArrayList<>();
    settings.get("vocab").forEach(label -> vocab.add(label.asText()));
    return new PipelineReader(inputs, batch, vocab);
  }

  @Override
  public Spec spec() {
    ObjectNode settings = Spec.object();
    ArrayNode all = settings.putArray("inputs");
    for (Pipeline input : inputs) {
      ArrayNode steps = all.addArray();
      for (Transform<?, ?> t : input.transforms()) {
        if (t.splits().contains(Split.VALID)) {
          steps.add(Exportable.of(t).toJson());
        }
      }
    }
    ArrayNode onBatch = settings.putArray("batch");
    for (BatchTransform t : batch) {
      if (t.splits().contains(Split.VALID)) {
        onBatch.add(Exportable.of(t).toJson());
      }
    }
    vocab.forEach(settings.putArray("vocab")::add);
    return new Spec(NAME, settings);
  }

  @Override
  public Tensor[] read(List<?> items) {
    List<Sample> samples = new ArrayList<>();
    int[] indices = new int[items.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = i;
      try {
        samples.add(sample(items.get(i)));
      } catch (RuntimeException e) {
        throw new ItemException(i, String.valueOf(items.get(i)), e);
      }
    }
    Batch read = Collate.stack().collate(samples, indices).toBatch();
    return new BatchTransforms(batch).encode(read, Split.VALID, new Rng(0)).inputs();
  }

  private Sample sample(Object item) {
    List<?> parts = item instanceof Sample s ? s.members() : List.of(item);
    if (parts.size() != inputs.size()) {
      throw new IllegalArgumentException(
          "an item expects " + inputs.size() + " inputs, got " + parts.size());
    }
    List<Object> members = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      members.add(inputs.get(i).encode(parts.get(i), Split.VALID, new Rng(i)));
    }
    return new Sample(members, members.size());
  }

  @Override
  public Object decode(Tensor answer) {
    return vocab.isEmpty() || answer.numel() != 1 ? answer : vocab.get((int) answer.item());
  }
}
