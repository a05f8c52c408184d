package org.onecycle.data;

import java.util.function.IntFunction;
import org.onecycle.tensor.Rng;

/**
 * Where a {@link DataLoader} gets its batches: usually samples of a data set, but also slices of
 * one long text or gathers from one matrix.
 */
public interface BatchSource {

  /** Returns the number of batches of an epoch. */
  int size();

  /** Returns the number of items that there are to read. */
  int itemCount();

  /** Returns the part of the data; the training part is drawn anew each epoch. */
  Split split();

  /** Returns the source of the same data that gives every item once; by default this one. */
  default BatchSource complete() {
    return this;
  }

  /**
   * Returns the source of the same data, every item once and in order, that draws as training does.
   *
   * @throws UnsupportedOperationException if the source knows no training transforms
   */
  default BatchSource augmented() {
    throw new UnsupportedOperationException(
        "These batches do not come from samples: there are no training transforms to draw");
  }

  /** Starts an epoch in the consumer's thread: draws the order. */
  Epoch epoch(Rng rng);

  /** The batches of one epoch. */
  @FunctionalInterface
  interface Epoch {

    /**
     * Returns a batch; called from any thread, in any order.
     *
     * @param batch number of the batch in {@code [0, size)}
     * @param rngs gives the generator that belongs to a position in the epoch (the first sample has
     *     position 0); it throws CancellationException once the epoch is abandoned
     */
    HostBatch read(int batch, IntFunction<Rng> rngs);
  }
}
