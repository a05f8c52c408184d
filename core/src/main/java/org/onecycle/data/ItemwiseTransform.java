package org.onecycle.data;

import org.onecycle.tensor.Rng;

/**
 * A batch transform that can also change each item by itself on its way into the batch: in the
 * worker threads, and without the batch ever existing as it was before.
 *
 * <p>Only the first batch transform is used so, and only where samples are stacked ({@link
 * Collate#stack}); otherwise {@link #encode} sees the batch. Both ways have to give the same
 * numbers.
 */
public interface ItemwiseTransform extends BatchTransform {

  /**
   * Draws what happens to the items of one batch; called from any thread.
   *
   * @param n the number of items
   * @param rng the generator that {@link #encode} would be given for this batch
   * @return the step, or null if nothing happens to any item
   */
  Step items(int n, Split split, Rng rng);

  /** The step on the items of one batch. */
  @FunctionalInterface
  interface Step {

    /**
     * Returns what is written in place of a member of a sample; the same object if it stays.
     *
     * @param place of the sample in the batch, from 0
     */
    Collatable encode(Collatable member, int place);
  }
}
