package org.onecycle.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.onecycle.tensor.Rng;

/**
 * Options of {@link DataLoaders}; the defaults are fastai's.
 *
 * @param <I> type of the items
 */
public final class DataLoadersBuilder<I> {
  private final Datasets<I> datasets;
  private int bs = 64;
  private int valBs;
  private Boolean shuffle;
  private Boolean dropLast;
  private Pipeline itemTfms = Pipeline.empty();
  private List<BatchTransform> batchTfms = List.of();
  private int partialN;
  private Collate collate;
  private LoaderFactory factory = LoaderFactory.stacked();
  private LoaderOptions options = LoaderOptions.defaults();

  DataLoadersBuilder(Datasets<I> datasets) {
    this.datasets = datasets;
  }

  /** Samples in a batch; 64 by default. */
  public DataLoadersBuilder<I> bs(int value) {
    this.bs = value;
    return this;
  }

  /** Samples in a validation batch; as many as in a training batch by default. */
  public DataLoadersBuilder<I> valBs(int value) {
    this.valBs = value;
    return this;
  }

  /** Whether training data is shuffled; it is by default. */
  public DataLoadersBuilder<I> shuffle(boolean value) {
    this.shuffle = value;
    return this;
  }

  /** Whether an incomplete last training batch is left out; by default when shuffling. */
  public DataLoadersBuilder<I> dropLast(boolean value) {
    this.dropLast = value;
    return this;
  }

  /**
   * How many training items an epoch has, drawn anew each time (fastai's {@code
   * partial_dataloaders}); 0, the default, for all.
   */
  public DataLoadersBuilder<I> partialN(int value) {
    this.partialN = value;
    return this;
  }

  /** Steps on single samples, in worker threads. */
  public DataLoadersBuilder<I> itemTfms(Transform<?, ?>... transforms) {
    this.itemTfms = Pipeline.of(transforms);
    return this;
  }

  /** Steps on single samples, in worker threads. */
  public DataLoadersBuilder<I> itemTfms(List<? extends Transform<?, ?>> transforms) {
    this.itemTfms = Pipeline.of(transforms);
    return this;
  }

  /** Steps on whole batches: as {@link DataLoaderBuilder#batchTfms(BatchTransform...)}. */
  public DataLoadersBuilder<I> batchTfms(BatchTransform... transforms) {
    return batchTfms(List.of(transforms));
  }

  /** Steps on whole batches: as {@link DataLoaderBuilder#batchTfms(BatchTransform...)}. */
  public DataLoadersBuilder<I> batchTfms(List<? extends BatchTransform> transforms) {
    this.batchTfms = List.copyOf(transforms);
    return this;
  }

  /** How samples become a batch; by default as the kind of the loaders has it. */
  public DataLoadersBuilder<I> collate(Collate value) {
    this.collate = value;
    return this;
  }

  /** The kind of the loaders; {@link LoaderFactory#stacked} by default. */
  public DataLoadersBuilder<I> loaders(LoaderFactory value) {
    this.factory = value;
    return this;
  }

  /** Decides every draw; {@value LoaderOptions#DEFAULT_SEED} by default. */
  public DataLoadersBuilder<I> seed(long value) {
    this.options = options.withSeed(value);
    return this;
  }

  /** Threads that read batches, 0 for the caller's; by default the processors, at most 16. */
  public DataLoadersBuilder<I> workers(int value) {
    this.options = options.withWorkers(value);
    return this;
  }

  /** Batches that are being read or lie ready at any time; by default two more than workers. */
  public DataLoadersBuilder<I> prefetch(int value) {
    this.options = new LoaderOptions(options.seed(), options.workers(), value, List.of());
    return this;
  }

  /** Sets the transforms up on the training data and makes the loaders. */
  public DataLoaders build() {
    Dataset training = datasets.train();
    itemTfms.setup(
        () ->
            IntStream.range(0, training.size())
                .<Object>mapToObj(i -> training.get(i, Rng.of(options.seed(), i)))
                .iterator());
    DataLoader train = loader(training, List.of());
    List<BatchTransform> ordered = new ArrayList<>(batchTfms);
    ordered.sort(Comparator.comparingInt(BatchTransform::order));
    for (int k = 0; k < ordered.size(); k++) {
      ordered.get(k).setup(train);
      train = train.withBatchTfms(ordered.subList(0, k + 1));
    }
    Datasets<I> read = datasets;
    LoaderFactory made = factory;
    LoaderSettings settings = settings(datasets.valid(), batchTfms);
    return DataLoaders.of(
            train,
            loader(datasets.valid(), batchTfms),
            datasets.vocab(),
            (items, labels) -> loader(testSet(items, labels), batchTfms),
            sample -> datasets.decode(sample, Split.VALID))
        .withVocabs(datasets.vocabs())
        .withReader((dls, targets) -> PipelineReader.of(read, made, settings, dls, targets));
  }

  private DataLoader loader(Dataset dataset, List<BatchTransform> tfms) {
    return factory.loader(dataset, settings(dataset, tfms));
  }

  private LoaderSettings settings(Dataset dataset, List<BatchTransform> tfms) {
    boolean training = dataset.split() == Split.TRAIN;
    return new LoaderSettings(
        training || valBs == 0 ? bs : valBs,
        Optional.ofNullable(training ? shuffle : null),
        Optional.ofNullable(training ? dropLast : null),
        training ? partialN : 0,
        itemTfms,
        Optional.ofNullable(collate),
        options.withBatchTfms(tfms));
  }

  // The Learner knows no item type; an item of a wrong one fails in its column, with its name.
  @SuppressWarnings("unchecked")
  private Dataset testSet(List<?> items, boolean withLabels) {
    return datasets.test((List<? extends I>) items, withLabels);
  }
}
