package org.onecycle.data;

import java.util.Optional;

/**
 * What a user asks of the loader of one part of the data; what is not set is the {@link
 * LoaderFactory}'s choice.
 *
 * @param bs samples in a batch
 * @param shuffle whether each epoch has its own order; by default in training
 * @param dropLast whether an incomplete last batch is left out; by default when shuffling
 * @param partialN how many samples an epoch draws; 0 for all
 * @param itemTfms steps on single samples
 * @param collate how samples become a batch
 * @param options seed, workers and steps on whole batches
 */
public record LoaderSettings(
    int bs,
    Optional<Boolean> shuffle,
    Optional<Boolean> dropLast,
    int partialN,
    Pipeline itemTfms,
    Optional<Collate> collate,
    LoaderOptions options) {

  /** Batches of {@code bs} of samples as they are, all else left open. */
  public static LoaderSettings of(int bs, LoaderOptions options) {
    return new LoaderSettings(
        bs, Optional.empty(), Optional.empty(), 0, Pipeline.empty(), Optional.empty(), options);
  }

  /** Returns whether an epoch of a part is shuffled. */
  public boolean shuffles(Split split) {
    return shuffle.orElse(split == Split.TRAIN);
  }

  /** Returns whether an incomplete last batch of a part is left out. */
  public boolean drops(Split split) {
    return dropLast.orElse(shuffles(split));
  }
}
