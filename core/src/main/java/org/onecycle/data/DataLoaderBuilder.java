package org.onecycle.data;

import java.util.List;

/** Options of a {@link DataLoader} over a data set; the defaults are fastai's. */
public final class DataLoaderBuilder {
  private final Dataset dataset;
  private int bs = 64;
  private boolean shuffle;
  private Boolean dropLast;
  private int partialN;
  private Pipeline itemTfms = Pipeline.empty();
  private Collate collate = Collate.stack();
  private Sampler sampler;
  private LoaderOptions options = LoaderOptions.defaults();

  DataLoaderBuilder(Dataset dataset) {
    this.dataset = dataset;
    this.shuffle = dataset.split() == Split.TRAIN;
  }

  /** Samples in a batch; 64 by default. */
  public DataLoaderBuilder bs(int value) {
    this.bs = value;
    return this;
  }

  /** Whether each epoch has its own order; by default for training data. */
  public DataLoaderBuilder shuffle(boolean value) {
    this.shuffle = value;
    return this;
  }

  /** Whether an incomplete last batch is left out; by default when shuffling. */
  public DataLoaderBuilder dropLast(boolean value) {
    this.dropLast = value;
    return this;
  }

  /** How many items an epoch has, drawn anew each time; 0, the default, for all. */
  public DataLoaderBuilder partialN(int value) {
    this.partialN = value;
    return this;
  }

  /** Steps on single samples, in worker threads. */
  public DataLoaderBuilder itemTfms(Transform<?, ?>... transforms) {
    return itemTfms(Pipeline.of(transforms));
  }

  /** Steps on single samples, in worker threads. */
  public DataLoaderBuilder itemTfms(Pipeline transforms) {
    this.itemTfms = transforms;
    return this;
  }

  /**
   * Steps on whole batches, in the consumer's thread; the first one in the workers if it is an
   * {@link ItemwiseTransform}.
   */
  public DataLoaderBuilder batchTfms(BatchTransform... transforms) {
    return batchTfms(List.of(transforms));
  }

  /**
   * Steps on whole batches, in the consumer's thread; the first one in the workers if it is an
   * {@link ItemwiseTransform}.
   */
  public DataLoaderBuilder batchTfms(List<? extends BatchTransform> transforms) {
    this.options = options.withBatchTfms(transforms);
    return this;
  }

  /** How samples become a batch; {@link Collate#stack} by default. */
  public DataLoaderBuilder collate(Collate value) {
    this.collate = value;
    return this;
  }

  /** Which items make up a batch; replaces bs, shuffle, dropLast and partialN. */
  public DataLoaderBuilder sampler(Sampler value) {
    this.sampler = value;
    return this;
  }

  /** Decides every draw; {@value LoaderOptions#DEFAULT_SEED} by default. */
  public DataLoaderBuilder seed(long value) {
    this.options = options.withSeed(value);
    return this;
  }

  /** Threads that read batches, 0 for the caller's; by default the processors, at most 16. */
  public DataLoaderBuilder workers(int value) {
    this.options = options.withWorkers(value);
    return this;
  }

  /** Batches that are being read or lie ready at any time; by default two more than workers. */
  public DataLoaderBuilder prefetch(int value) {
    this.options = new LoaderOptions(options.seed(), options.workers(), value, options.batchTfms());
    return this;
  }

  /** Seed, workers, prefetch and steps on whole batches in one. */
  public DataLoaderBuilder options(LoaderOptions value) {
    this.options = value;
    return this;
  }

  /**
   * Makes the loader.
   *
   * @throws IllegalArgumentException if leaving out the incomplete batch leaves nothing
   */
  public DataLoader build() {
    Sampler chosen = sampler;
    if (chosen == null) {
      boolean drop = dropLast == null ? shuffle : dropLast;
      chosen =
          partialN == 0
              ? Sampler.of(dataset.size(), bs, shuffle, drop)
              : new PartialSampler(dataset.size(), partialN, bs, drop);
      if (drop && dataset.size() > 0 && chosen.size() == 0) {
        throw new IllegalArgumentException(
            ("%d items do not fill a batch of bs %d and incomplete batches are left out: use a"
                    + " smaller bs or dropLast(false)")
                .formatted(partialN == 0 ? dataset.size() : partialN, bs));
      }
    }
    return new DataLoader(new SampleSource(dataset, itemTfms, chosen, collate), options);
  }
}
