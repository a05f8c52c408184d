package org.onecycle.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.onecycle.io.Exportable;
import org.onecycle.io.Exports;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * Reads items by transforms, as in validation: one pipeline an input, then steps on the sample,
 * then steps on the batch. An answer goes back through the steps of the target.
 *
 * <p>An item is what the first transform takes. Several inputs are read off one item, if data sets
 * did so, or of a {@link Sample} of them. Every transform must be {@link Exportable} for {@link
 * #spec}.
 */
public final class PipelineReader implements ItemReader {
  /** The name of the factory. */
  public static final String NAME = "data.pipeline";

  private final List<Pipeline> inputs;
  private final Pipeline items;
  private final LoaderFactory factory;
  private final Optional<Collate> collate;
  private final BatchTransforms batch;
  private final Optional<AnswerReader> answer;
  private final List<String> vocab;
  private final boolean oneItem;

  /** Makes a reader; without a vocabulary answers stay numbers. */
  public PipelineReader(
      List<Pipeline> inputs, List<? extends BatchTransform> batch, List<String> vocab) {
    this(
        inputs,
        Pipeline.empty(),
        LoaderFactory.stacked(),
        Optional.empty(),
        BatchTransforms.of(batch),
        AnswerReader.ofVocab(vocab),
        vocab,
        false);
  }

  private PipelineReader(
      List<Pipeline> inputs,
      Pipeline items,
      LoaderFactory factory,
      Optional<Collate> collate,
      BatchTransforms batch,
      Optional<AnswerReader> answer,
      List<String> vocab,
      boolean oneItem) {
    this.inputs = List.copyOf(inputs);
    this.items = items;
    this.factory = factory;
    this.collate = collate;
    this.batch = batch;
    this.answer = answer;
    this.vocab = List.copyOf(vocab);
    this.oneItem = oneItem;
  }

  /** Reads as loaders of data sets do: an item is what the first transform of its column takes. */
  static PipelineReader of(
      Datasets<?> datasets,
      LoaderFactory factory,
      LoaderSettings settings,
      DataLoaders dls,
      List<Member> kinds) {
    List<Pipeline> columns = new ArrayList<>();
    datasets.columns().forEach(c -> columns.add(c.transforms()));
    int nInp = Math.min(datasets.nInp(), columns.size());
    boolean targetColumn = columns.size() > nInp;
    List<String> vocab = targetColumn ? dls.vocab() : List.of();
    Optional<AnswerReader> answer = AnswerReader.ofVocab(vocab);
    if (kinds.size() == 1 && columns.size() <= nInp + 1) {
      // Without a column of its own the target is of the input's kind, as the next words are.
      answer = Optional.of(new AnswerReader(kinds.get(0), columns.get(columns.size() - 1)));
    }
    return new PipelineReader(
        columns.subList(0, nInp),
        settings.itemTfms(),
        factory,
        settings.collate(),
        BatchTransforms.of(dls.valid().options().batchTfms()),
        answer,
        vocab,
        true);
  }

  static PipelineReader of(JsonNode settings) {
    List<Pipeline> inputs = new ArrayList<>();
    for (JsonNode input : settings.path("inputs")) {
      inputs.add(Pipeline.of(transforms(input, "steps")));
    }
    JsonNode answer = settings.path("answer");
    return new PipelineReader(
        inputs,
        Pipeline.of(transforms(settings, "items")),
        optional(settings, "loader", LoaderFactory.class).orElse(LoaderFactory.stacked()),
        optional(settings, "collate", Collate.class),
        BatchTransforms.of(Json.pieces(settings, "batch", BatchTransform.class)),
        answer.isObject() ? Optional.of(AnswerReader.of(answer)) : Optional.empty(),
        Json.texts(settings, "vocab"),
        settings.path("one_item").asBoolean());
  }

  private static <T> Optional<T> optional(JsonNode settings, String name, Class<T> type) {
    return settings.has(name) ? Optional.of(Json.piece(settings, name, type)) : Optional.empty();
  }

  /** Returns this reader with loaders of another kind, such as those that fill up texts. */
  public PipelineReader withLoaders(LoaderFactory value) {
    return new PipelineReader(inputs, items, value, collate, batch, answer, vocab, oneItem);
  }

  /**
   * Returns this reader with answers that are read as a target.
   *
   * @param like one of the target's kind
   * @param steps those of the target's column, which are undone
   */
  public PipelineReader withAnswer(Collatable like, Pipeline steps) {
    AnswerReader read = new AnswerReader(new Member(like.getClass(), like), steps);
    return new PipelineReader(
        inputs, items, factory, collate, batch, Optional.of(read), vocab, oneItem);
  }

  /** Returns the steps of each input. */
  public List<Pipeline> inputs() {
    return inputs;
  }

  /** Makes the transforms of a list of specs. */
  static List<Transform<?, ?>> transforms(JsonNode settings, String name) {
    List<Transform<?, ?>> steps = new ArrayList<>();
    for (JsonNode t : settings.path(name)) {
      steps.add(Exports.make(Spec.fromJson(t), Transform.class));
    }
    return steps;
  }

  @Override
  public Spec spec() {
    ObjectNode settings = Spec.object();
    ArrayNode all = settings.putArray("inputs");
    inputs.forEach(input -> all.addObject().set("steps", specs(input)));
    settings.set("items", specs(items));
    if (factory != LoaderFactory.stacked()) {
      settings.set("loader", Exportable.of(factory).toJson());
    }
    collate.ifPresent(c -> settings.set("collate", Exportable.of(c).toJson()));
    settings.set(
        "batch",
        Json.specs(
            batch.transforms().stream().filter(t -> t.splits().contains(Split.VALID)).toList()));
    answer.ifPresent(a -> settings.set("answer", a.toJson()));
    settings.set("vocab", Json.texts(vocab));
    settings.put("one_item", oneItem);
    return new Spec(NAME, settings);
  }

  private static ArrayNode specs(Pipeline steps) {
    return Json.specs(
        steps.transforms().stream().filter(t -> t.splits().contains(Split.VALID)).toList());
  }

  @Override
  public Batch read(List<?> some) {
    LoaderOptions options =
        LoaderOptions.defaults().withWorkers(0).withBatchTfms(batch.transforms());
    LoaderSettings one =
        new LoaderSettings(
            some.size(), Optional.empty(), Optional.empty(), 0, items, collate, options);
    return factory.loader(new Items(some), one).complete().oneBatch();
  }

  /** New items as samples of inputs. */
  private final class Items implements Dataset {
    private final List<?> items;

    Items(List<?> items) {
      this.items = items;
    }

    @Override
    public int size() {
      return items.size();
    }

    @Override
    public Sample get(int i, Rng rng) {
      Object item = items.get(i);
      if (item == null) {
        throw new IllegalArgumentException("expected an item to predict, got null");
      }
      List<?> parts =
          item instanceof Sample s
              ? s.members()
              : Collections.nCopies(oneItem ? inputs.size() : 1, item);
      if (parts.size() != inputs.size()) {
        throw new IllegalArgumentException(
            "an item expects " + inputs.size() + " inputs, got " + parts.size());
      }
      List<Object> members = new ArrayList<>();
      for (int k = 0; k < parts.size(); k++) {
        members.add(inputs.get(k).encode(parts.get(k), Split.VALID, new Rng(k)));
      }
      // A sole column may make a whole sample; its targets are not asked for.
      return members.size() == 1 && members.get(0) instanceof Sample whole
          ? new Sample(whole.inputs(), whole.nInp())
          : new Sample(members, members.size());
    }

    @Override
    public Split split() {
      return Split.VALID;
    }

    @Override
    public String describe(int i) {
      return ItemDataset.name(items.get(i));
    }
  }

  @Override
  public Object decode(Tensor value) {
    return answer.map(a -> a.decode(value, batch, items)).orElse(value);
  }

  @Override
  public List<String> vocab() {
    return vocab;
  }
}
