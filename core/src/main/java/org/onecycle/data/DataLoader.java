package org.onecycle.data;

import java.util.List;
import org.onecycle.tensor.Rng;

/**
 * Batches, epoch after epoch, read ahead by worker threads.
 *
 * <p>Order and content depend on the seed and the number of the epoch alone, never on the workers.
 * A training loader draws anew each epoch; a validation loader makes the same draws every time.
 *
 * <pre>{@code
 * try (BatchIterator batches = loader.iterator()) {
 *   while (batches.hasNext()) {
 *     Batch batch = batches.next();
 *   }
 * }
 * }</pre>
 */
public final class DataLoader implements Iterable<Batch> {
  private final BatchSource source;
  private final LoaderOptions options;
  private final BatchTransforms batchTfms;
  private long epoch;

  /** A loader of any source of batches. */
  public DataLoader(BatchSource source, LoaderOptions options) {
    this.source = source;
    this.options = options;
    this.batchTfms = BatchTransforms.of(options.batchTfms());
  }

  /** Options for a loader of the samples of a data set. */
  public static DataLoaderBuilder builder(Dataset dataset) {
    return new DataLoaderBuilder(dataset);
  }

  /** Starts an epoch; on a training loader the next one. */
  @Override
  public BatchIterator iterator() {
    BatchIterator batches = epoch(epoch);
    if (split() == Split.TRAIN) {
      epoch++;
    }
    return batches;
  }

  /** Returns the batches of one epoch, without changing what {@link #iterator} gives next. */
  public BatchIterator epoch(long number) {
    return epoch(number, options);
  }

  private BatchIterator epoch(long number, LoaderOptions how) {
    return new BatchIterator(source, batchTfms, how, Rng.of(options.seed(), number).seed());
  }

  /**
   * Returns the first batch of the coming epoch, without starting it.
   *
   * @throws IllegalStateException if there are no batches
   */
  public Batch oneBatch() {
    try (BatchIterator batches = epoch(epoch, options.withWorkers(0))) {
      if (!batches.hasNext()) {
        throw new IllegalStateException("the " + split() + " loader has no batches");
      }
      return batches.next();
    }
  }

  /** Returns the number of batches of an epoch. */
  public int size() {
    return source.size();
  }

  /** Returns the number of items that there are to read. */
  public int itemCount() {
    return source.itemCount();
  }

  /** Returns the part of the data that is loaded. */
  public Split split() {
    return source.split();
  }

  /** Returns where the batches come from. */
  public BatchSource source() {
    return source;
  }

  /** Returns how the batches are read. */
  public LoaderOptions options() {
    return options;
  }

  /** Returns the number of the coming epoch: with the seed, the whole state of the loader. */
  public long state() {
    return epoch;
  }

  /** Goes back to a state, so that what has been tried (as by a search) leaves no trace. */
  public void restore(long state) {
    epoch = state;
  }

  /** Undoes the batch transforms. */
  public Batch decode(Batch batch) {
    return batchTfms.decode(batch, split());
  }

  /** Takes a batch apart into samples, all transforms of batches and items undone. */
  public List<Sample> decodeSamples(Batch batch, int max) {
    List<Sample> samples = decode(batch).samples(max);
    if (source instanceof SampleSource s) {
      return samples.stream().map(x -> (Sample) s.itemTfms().decode(x, split())).toList();
    }
    return samples;
  }

  /** A loader of the same data that gives every item once: not shuffled, nothing left out. */
  public DataLoader complete() {
    return in(epoch, new DataLoader(source.complete(), options));
  }

  /**
   * A loader of the same items, every one once and in order, that changes them as training does:
   * another way each epoch.
   *
   * @throws UnsupportedOperationException if the batches do not come from samples
   */
  public DataLoader augmented() {
    return in(epoch, new DataLoader(source.augmented(), options));
  }

  /** This loader with other batch transforms, in the same state. */
  public DataLoader withBatchTfms(List<? extends BatchTransform> others) {
    return in(epoch, new DataLoader(source, options.withBatchTfms(others)));
  }

  private static DataLoader in(long state, DataLoader other) {
    other.epoch = state;
    return other;
  }

  @Override
  public String toString() {
    return "DataLoader of %d items in %d batches (%s)".formatted(itemCount(), size(), split());
  }
}
