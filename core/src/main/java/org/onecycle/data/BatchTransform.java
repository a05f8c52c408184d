package org.onecycle.data;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * One step on whole batches, run in the thread that asks for the batch; sees all members, so that
 * images and their masks can be changed by the same draw. An {@link ItemwiseTransform} may also
 * work in the threads that read.
 */
public interface BatchTransform {

  /** Returns the changed batch; {@link Batch#map} reaches the tensors of one kind. */
  Batch encode(Batch batch, Split split, Rng rng);

  /** Undoes {@link #encode} as far as a person needs it; leaves the batch as it is by default. */
  default Batch decode(Batch batch) {
    return batch;
  }

  /** Learns what has to be learnt from the training batches as the steps before leave them. */
  default void setup(DataLoader train) {}

  /**
   * Returns this transform as it was before it learnt anything, so that a recipe is never taught;
   * itself where it learns nothing.
   */
  default BatchTransform fresh() {
    return this;
  }

  /** Returns the place among the batch transforms: lower runs earlier. */
  default int order() {
    return 0;
  }

  /** Returns the parts of the data that this transform is for. */
  default Set<Split> splits() {
    return Split.BOTH;
  }

  /** Returns the name shown in summaries and errors. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** A step on the tensors whose items have a type, and its inverse. */
  static BatchTransform of(
      Class<?> type, int order, UnaryOperator<Tensor> encode, UnaryOperator<Tensor> decode) {
    return new BatchTransform() {
      @Override
      public Batch encode(Batch batch, Split split, Rng rng) {
        return batch.map(type, encode);
      }

      @Override
      public Batch decode(Batch batch) {
        return batch.map(type, decode);
      }

      @Override
      public int order() {
        return order;
      }

      @Override
      public String name() {
        return "on " + type.getSimpleName();
      }
    };
  }
}
