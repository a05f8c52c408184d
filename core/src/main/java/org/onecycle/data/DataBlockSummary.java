package org.onecycle.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.onecycle.array.Scope;
import org.onecycle.tensor.Rng;

/** One item through every step of a {@link DataBlock}. */
final class DataBlockSummary<S, I> {
  private static final int BATCH = 4;
  // What the default loaders would teach the transforms.
  private static final int SETUP = 64;
  private static final int LENGTH = 100;

  private final DataBlock<S, I> block;
  private final Appendable out;
  private final Rng rng = new Rng(LoaderOptions.DEFAULT_SEED);

  DataBlockSummary(DataBlock<S, I> block, Appendable out) {
    this.block = block;
    this.out = out;
  }

  /** A step has failed and is written down. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  void run(S source) {
    try (Scope scope = Scope.open()) {
      steps(source);
      line("Every step succeeds.");
    } catch (Stop e) {
      return;
    }
  }

  private void steps(S source) {
    List<? extends I> items = step("getItems", source, () -> block.items(source));
    line("getItems: " + items.size() + " items");
    Splits splits = step("splitter", items.size() + " items", () -> block.split(items));
    line("splitter: " + splits.train().length + " train, " + splits.valid().length + " validate");
    I item =
        step(
            "splitter",
            items.size() + " items",
            () -> {
              if (splits.train().length == 0) {
                throw new IllegalArgumentException("expected at least one training item, got none");
              }
              return items.get(splits.train()[0]);
            });
    line("one sample, from " + abridged(item));
    List<Object> read = new ArrayList<>();
    for (int c = 0; c < block.blocks().size(); c++) {
      int member = c;
      Supplier<Object> get = () -> block.getters().get(member).apply(item);
      Object value =
          step(
              "getter of " + name(c),
              item,
              () ->
                  Optional.ofNullable(get.get())
                      .orElseThrow(
                          () -> new IllegalArgumentException("expected a value, got null")));
      line("getter of " + name(c) + ": " + describe(value));
      read.add(value);
    }
    Datasets<I> data =
        step(
            "set-up of the blocks on the training items",
            splits.train().length + " items",
            () -> block.datasets(items, splits));
    for (int c = 0; c < read.size(); c++) {
      Object value = read.get(c);
      for (Transform<?, ?> t : data.columns().get(c).transforms().transforms()) {
        value = transform(name(c) + ", ", t, value, item);
      }
    }
    Dataset train = data.train();
    Object sample = step("whole sample", item, () -> train.get(0, rng));
    Pipeline itemTfms = Pipeline.of(block.itemTfms());
    step(
        "set-up of the item transforms",
        splits.train().length + " items",
        () -> {
          itemTfms.setup(
              () ->
                  IntStream.range(0, train.size())
                      .<Object>mapToObj(i -> train.get(i, rng))
                      .iterator());
          return itemTfms;
        });
    for (Transform<?, ?> t : itemTfms.transforms()) {
      sample = transform("item transform ", t, sample, item);
    }
    batch(train, itemTfms);
  }

  private void batch(Dataset train, Pipeline itemTfms) {
    int n = Math.min(BATCH, train.size());
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int at = i;
      samples.add(
          step(
              "sample " + i + " of a batch of " + n,
              train.describe(i),
              () -> (Sample) itemTfms.encode(train.get(at, rng), Split.TRAIN, rng)));
    }
    Batch batch =
        step(
            "collate",
            n + " training items, the first " + train.describe(0),
            () -> block.loaders().loader(new Few(samples, train), settings(n)).oneBatch());
    line("collate " + n + ": " + shapes(batch));
    List<BatchTransform> done = new ArrayList<>();
    for (BatchTransform t : BatchTransforms.of(block.batchTfms()).transforms()) {
      Batch before = batch;
      List<BatchTransform> soFar = List.copyOf(done);
      batch =
          step(
              "batch transform " + t.name(),
              shapes(before),
              () -> {
                t.setup(block.loaders().loader(train, settings(train.size(), itemTfms, soFar)));
                return t.splits().contains(Split.TRAIN)
                    ? t.encode(before, Split.TRAIN, rng)
                    : before;
              });
      done.add(t);
      line("batch transform " + t.name() + ": " + shapes(batch));
    }
  }

  private static LoaderSettings settings(int n) {
    return new LoaderSettings(
        n,
        Optional.of(false),
        Optional.empty(),
        0,
        Pipeline.empty(),
        Optional.empty(),
        LoaderOptions.defaults().withWorkers(0));
  }

  private static LoaderSettings settings(
      int items, Pipeline itemTfms, List<BatchTransform> batchTfms) {
    return new LoaderSettings(
        Math.min(SETUP, items),
        Optional.empty(),
        Optional.empty(),
        0,
        itemTfms,
        Optional.empty(),
        LoaderOptions.defaults().withWorkers(0).withBatchTfms(batchTfms));
  }

  /** Training samples that have been read. */
  private record Few(List<Sample> samples, Dataset from) implements Dataset {
    @Override
    public int size() {
      return samples.size();
    }

    @Override
    public Sample get(int i, Rng rng) {
      return samples.get(i);
    }

    @Override
    public Split split() {
      return from.split();
    }

    @Override
    public String describe(int i) {
      return from.describe(i);
    }
  }

  private Object transform(String where, Transform<?, ?> t, Object value, Object item) {
    Object made =
        step(
            where
                + t.name()
                + " (on "
                + t.accepts().getSimpleName()
                + ", got "
                + describe(value)
                + ")",
            item,
            () -> Pipeline.of(t).encode(value, Split.TRAIN, rng));
    line(where + t.name() + ": " + describe(made));
    return made;
  }

  // Any failure of the user's own functions is what the summary is asked to report: languages that
  // do not check exceptions throw any.
  private <R> R step(String step, Object item, Supplier<R> action) {
    try {
      return action.get();
    } catch (Exception e) {
      line("FAILS at " + step);
      line("  item: " + abridged(item));
      line("  why: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
      throw new Stop();
    }
  }

  private String name(int c) {
    String role = c < block.nInp() ? " (an input)" : " (a target)";
    return "member " + c + role + ", " + block.blocks().get(c).name();
  }

  private static String describe(Object value) {
    if (value instanceof Sample s) {
      return s.members().stream().map(DataBlockSummary::describe).toList().toString();
    }
    String type = value.getClass().getSimpleName();
    return Numbers.collatable(value)
        .map(c -> type + " " + c.dtype() + " " + Arrays.toString(c.shape()))
        .orElseGet(() -> type + " " + abridged(value));
  }

  private static String shapes(Batch batch) {
    List<String> all = new ArrayList<>();
    for (var tensors : List.of(batch.inputs(), batch.targets())) {
      for (var t : tensors) {
        all.add(t.dtype() + " " + Arrays.toString(t.shape()));
      }
    }
    return String.join(", ", all);
  }

  private static String abridged(Object value) {
    String text = String.valueOf(value);
    return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "...";
  }

  private void line(String text) {
    try {
      out.append(text).append('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the summary", e);
    }
  }
}
