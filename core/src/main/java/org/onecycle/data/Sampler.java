package org.onecycle.data;

import java.util.List;
import org.onecycle.tensor.Rng;

/** Decides which items make up the batches of an epoch, in which order. */
public interface Sampler {

  /** Returns the number of batches, which does not depend on the draw. */
  int size();

  /** Returns the items of each batch, by index, for an epoch whose generator this is. */
  List<int[]> batches(Rng rng);

  /**
   * Returns the sampler that gives every item once, in order where this one has no need of its own.
   */
  default Sampler complete() {
    return this;
  }

  /**
   * Batches of {@code bs} items in order or shuffled.
   *
   * @param dropLast whether an incomplete last batch is left out
   */
  static Sampler of(int n, int bs, boolean shuffle, boolean dropLast) {
    return new ChunkSampler(n, bs, shuffle, dropLast);
  }
}
