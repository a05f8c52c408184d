package org.onecycle.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.onecycle.loss.Loss;

/** A training and a validation loader, and what is needed to load new items as these. */
public final class DataLoaders {
  private final DataLoader train;
  private final DataLoader valid;
  private final List<String> vocab;
  private final List<List<String>> vocabs;
  private final BiFunction<List<?>, Boolean, DataLoader> test;
  private final UnaryOperator<Sample> decoder;
  private final Loss loss;
  private final ReaderFactory reader;

  private DataLoaders(
      DataLoader train,
      DataLoader valid,
      List<String> vocab,
      List<List<String>> vocabs,
      BiFunction<List<?>, Boolean, DataLoader> test,
      UnaryOperator<Sample> decoder,
      Loss loss,
      ReaderFactory reader) {
    this.train = train;
    this.valid = valid;
    this.vocab = List.copyOf(vocab);
    this.vocabs = List.copyOf(vocabs);
    this.test = test;
    this.decoder = decoder;
    this.loss = loss;
    this.reader = reader;
  }

  /** Options for loaders of the two parts of some data. */
  public static <I> DataLoadersBuilder<I> builder(Datasets<I> datasets) {
    return new DataLoadersBuilder<>(datasets);
  }

  /** Two loaders made by hand; new items cannot be loaded. */
  public static DataLoaders of(DataLoader train, DataLoader valid) {
    return of(
        train,
        valid,
        List.of(),
        (items, labels) -> {
          throw new UnsupportedOperationException(
              "testDl: these loaders were made without the data sets that read new items");
        });
  }

  /**
   * Two loaders of any kind.
   *
   * @param vocab labels of the target, empty when it has none
   * @param test makes the loader of new items, with labels or without
   */
  public static DataLoaders of(
      DataLoader train,
      DataLoader valid,
      List<String> vocab,
      BiFunction<List<?>, Boolean, DataLoader> test) {
    return new DataLoaders(train, valid, vocab, List.of(), test, s -> s, null, null);
  }

  /**
   * Two loaders of any kind.
   *
   * @param vocab labels of the target, empty when it has none
   * @param test makes the loader of new items, with labels or without
   * @param decoder makes of a sample what a person can read
   */
  public static DataLoaders of(
      DataLoader train,
      DataLoader valid,
      List<String> vocab,
      BiFunction<List<?>, Boolean, DataLoader> test,
      UnaryOperator<Sample> decoder) {
    return new DataLoaders(train, valid, vocab, List.of(), test, decoder, null, null);
  }

  /** These loaders, whose target is learnt with this loss unless a learner is given another. */
  public DataLoaders withLoss(Loss value) {
    return new DataLoaders(train, valid, vocab, vocabs, test, decoder, value, reader);
  }

  /** These loaders, and how an export of what they train reads new items. */
  public DataLoaders withReader(ReaderFactory value) {
    return new DataLoaders(train, valid, vocab, vocabs, test, decoder, loss, value);
  }

  /**
   * Returns what reads new items as these loaders do.
   *
   * @param targets the kinds of the targets; none where they are not known
   * @throws IllegalArgumentException if the loaders were made by hand, or a step of theirs cannot
   *     be made again
   */
  public ItemReader reader(List<Member> targets) {
    if (reader == null) {
      throw new IllegalArgumentException(
          "these loaders were made by hand and do not tell how new items are read: give export an"
              + " ItemReader");
    }
    return reader.make(this, targets);
  }

  /** These loaders, of whose members these are the vocabularies. */
  DataLoaders withVocabs(List<List<String>> values) {
    return new DataLoaders(train, valid, vocab, values, test, decoder, loss, reader);
  }

  /** Returns the loss that the kind of the target suggests, where it is known. */
  public Optional<Loss> loss() {
    return Optional.ofNullable(loss);
  }

  /** Returns the training loader. */
  public DataLoader train() {
    return train;
  }

  /** Returns the validation loader. */
  public DataLoader valid() {
    return valid;
  }

  /** Returns the first training batch of the coming epoch, without starting it. */
  public Batch oneBatch() {
    return train.oneBatch();
  }

  /** Returns the labels of the target in the order of their numbers; empty when it has none. */
  public List<String> vocab() {
    return vocab;
  }

  /**
   * Returns the vocabularies of all members, inputs first, such as the words of texts; an empty
   * list where a member has none. Empty for loaders that do not come from {@link Datasets}.
   */
  public List<List<String>> vocabs() {
    return vocabs;
  }

  /** These loaders with further steps on whole batches, of new items' too. */
  public DataLoaders addBatchTfms(BatchTransform... more) {
    return new DataLoaders(
        added(train, more),
        added(valid, more),
        vocab,
        vocabs,
        (items, labels) -> added(test.apply(items, labels), more),
        decoder,
        loss,
        reader);
  }

  private static DataLoader added(DataLoader loader, BatchTransform... more) {
    List<BatchTransform> all = new ArrayList<>(loader.options().batchTfms());
    all.addAll(List.of(more));
    return loader.withBatchTfms(all);
  }

  /** Returns a loader of new items without labels, with the validation transforms. */
  public DataLoader testDl(List<?> items) {
    return test.apply(items, false);
  }

  /** Returns a loader of new items, with the validation transforms. */
  public DataLoader testDl(List<?> items, boolean withLabels) {
    return test.apply(items, withLabels);
  }

  /** Returns samples of a batch, every transform undone: labels as text, pictures as seen. */
  public List<Sample> decode(DataLoader loader, Batch batch, int max) {
    return loader.decodeSamples(batch, max).stream().map(decoder).toList();
  }

  @Override
  public String toString() {
    return "DataLoaders of %d items to train on and %d to validate%s"
        .formatted(
            train.itemCount(),
            valid.itemCount(),
            vocab.isEmpty() ? "" : ", with %d labels".formatted(vocab.size()));
  }
}
