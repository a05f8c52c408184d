package org.onecycle.data;

import java.util.List;

/**
 * How batches are read, whatever they are read from.
 *
 * @param seed decides every draw of the loader
 * @param workers threads that read batches; 0 reads in the caller's thread
 * @param prefetch batches that are being read or lie ready at any time; 0 means {@code workers + 2}
 * @param batchTfms steps on whole batches
 */
public record LoaderOptions(
    long seed, int workers, int prefetch, List<? extends BatchTransform> batchTfms) {
  /** The seed of loaders that are given none. */
  public static final long DEFAULT_SEED = 42;

  private static final int MAX_WORKERS = 16;

  /** Checks the numbers. */
  public LoaderOptions {
    batchTfms = List.copyOf(batchTfms);
    if (workers < 0 || prefetch < 0) {
      throw new IllegalArgumentException(
          "workers and prefetch expect 0 or more, got " + workers + " and " + prefetch);
    }
  }

  /** The default: as many workers as processors, at most 16. */
  public static LoaderOptions defaults() {
    return new LoaderOptions(DEFAULT_SEED, defaultWorkers(), 0, List.of());
  }

  static int defaultWorkers() {
    return Math.min(Runtime.getRuntime().availableProcessors(), MAX_WORKERS);
  }

  /** These options with another seed. */
  public LoaderOptions withSeed(long other) {
    return new LoaderOptions(other, workers, prefetch, batchTfms);
  }

  /** These options with other workers. */
  public LoaderOptions withWorkers(int other) {
    return new LoaderOptions(seed, other, prefetch, batchTfms);
  }

  /** These options with other batch transforms. */
  public LoaderOptions withBatchTfms(List<? extends BatchTransform> others) {
    return new LoaderOptions(seed, workers, prefetch, others);
  }

  int ahead() {
    return prefetch > 0 ? prefetch : workers + 2;
  }
}
