package org.onecycle.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.onecycle.io.Exportable;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Tensor;

/**
 * Undoes the steps of the target for an answer in its form.
 *
 * @param kind what the target is
 * @param steps of its column
 */
record AnswerReader(Member kind, Pipeline steps) {

  static AnswerReader of(JsonNode settings) {
    Collatable like = Json.piece(settings, "kind", Collatable.class);
    List<Transform<?, ?>> steps = PipelineReader.transforms(settings, "steps");
    return new AnswerReader(new Member(like.getClass(), like), Pipeline.of(steps));
  }

  /** Labels alone. */
  static Optional<AnswerReader> ofVocab(List<String> vocab) {
    return vocab.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AnswerReader(
                new Member(Category.class, new Category(0)),
                Pipeline.of(new Categorize(CategoryMap.ofLabels(vocab)))));
  }

  ObjectNode toJson() {
    ObjectNode settings = Spec.object();
    settings.set("kind", Exportable.of(kind.like()).toJson());
    ArrayNode all = settings.putArray("steps");
    for (Transform<?, ?> t : steps.transforms()) {
      // A function without a way back leaves the answer as it is.
      boolean back = !(t instanceof FunctionTransform<?, ?> f) || f.goesBack();
      if (back && t.splits().contains(Split.VALID)) {
        all.add(Exportable.of(t).toJson());
      }
    }
    return settings;
  }

  /** Undoes steps on batches, then those on items, then those of the column. */
  Object decode(Tensor answer, BatchTransforms onBatch, Pipeline onItem) {
    if (kind.like() instanceof Category && answer.numel() != 1) {
      return answer;
    }
    Tensor[] one = {answer.unsqueeze(0)};
    Batch batch = new Batch(one, 1, List.of(kind), new int[1]);
    Sample sample = onBatch.decode(batch, Split.VALID).samples(1).get(0);
    Sample item = (Sample) onItem.decode(sample, Split.VALID);
    return steps.decode(item.get(0), Split.VALID);
  }
}
