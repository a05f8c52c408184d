package org.onecycle.data;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.onecycle.loss.Loss;

/**
 * What a {@link DataBlock} knows of one kind of member: how it is made, changed and learnt.
 *
 * @param name how summaries and errors call the kind
 * @param typeTfms makes the transforms that turn what was read off an item into the member; called
 *     for each data set, so that vocabularies are never shared
 * @param itemTfms steps on single samples of this kind
 * @param batchTfms steps on batches of this kind
 * @param loss the loss of a target of this kind, where there is a usual one
 */
public record TransformBlock(
    String name,
    Supplier<? extends List<? extends Transform<?, ?>>> typeTfms,
    List<? extends Transform<?, ?>> itemTfms,
    List<? extends BatchTransform> batchTfms,
    Optional<Loss> loss) {

  /** Copies the lists. */
  public TransformBlock {
    itemTfms = List.copyOf(itemTfms);
    batchTfms = List.copyOf(batchTfms);
  }

  /** A block of type transforms without a loss, such as an input's. */
  public static TransformBlock of(
      String name, Supplier<? extends List<? extends Transform<?, ?>>> typeTfms) {
    return new TransformBlock(name, typeTfms, List.of(), List.of(), Optional.empty());
  }

  /** This block with the loss that its targets usually have. */
  public TransformBlock withLoss(Loss value) {
    return new TransformBlock(name, typeTfms, itemTfms, batchTfms, Optional.of(value));
  }
}
