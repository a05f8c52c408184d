package org.onecycle.learner;

import java.util.Arrays;

/** A training loss that is not a number, or infinite. The model keeps its weights of before. */
public final class NonFiniteLossException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int MAX_ITEMS = 16;

  private final int epoch;
  private final int batch;
  private final double loss;

  NonFiniteLossException(TrainingState state) {
    super(
        "The loss is %s in epoch %d, batch %d of %d (items %s): training has stopped, the model keeps its weights of before this batch; check these items or lower the learning rate"
            .formatted(
                state.loss(),
                state.epoch(),
                state.iter(),
                state.nIter(),
                items(state.batch().indices())));
    epoch = state.epoch();
    batch = state.iter();
    loss = state.loss();
  }

  private static String items(int[] indices) {
    if (indices.length <= MAX_ITEMS) {
      return Arrays.toString(indices);
    }
    return Arrays.toString(Arrays.copyOf(indices, MAX_ITEMS)).replace("]", ", ...]");
  }

  /** Returns the epoch, counted from 0. */
  public int epoch() {
    return epoch;
  }

  /** Returns the number of the batch in the epoch, counted from 0. */
  public int batch() {
    return batch;
  }

  /** Returns the loss. */
  public double loss() {
    return loss;
  }
}
