package org.onecycle.data;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.onecycle.loss.Loss;

/**
 * What a {@link DataBlock} knows of one kind of member: how it is made, changed, loaded and learnt.
 *
 * @param name how summaries and errors call the kind
 * @param typeTfms makes the transforms that turn what was read off an item into the member; called
 *     for each data set, so that vocabularies are never shared
 * @param itemTfms steps on single samples of this kind
 * @param batchTfms steps on batches of this kind
 * @param once whether the member is made once and remembered, as {@link Column#once}
 * @param loaders what makes loaders of samples with such a member, where stacking will not do
 * @param loss the loss of a target of this kind, where there is a usual one
 */
public record TransformBlock(
    String name,
    Supplier<? extends List<? extends Transform<?, ?>>> typeTfms,
    List<? extends Transform<?, ?>> itemTfms,
    List<? extends BatchTransform> batchTfms,
    boolean once,
    Optional<LoaderFactory> loaders,
    Optional<Loss> loss) {

  /** Copies the lists. */
  public TransformBlock {
    itemTfms = List.copyOf(itemTfms);
    batchTfms = List.copyOf(batchTfms);
  }

  /** A block of type transforms without a loss, such as an input's. */
  public static TransformBlock of(
      String name, Supplier<? extends List<? extends Transform<?, ?>>> typeTfms) {
    return new TransformBlock(
        name, typeTfms, List.of(), List.of(), false, Optional.empty(), Optional.empty());
  }

  /** This block with the loss that its targets usually have. */
  public TransformBlock withLoss(Loss value) {
    return new TransformBlock(
        name, typeTfms, itemTfms, batchTfms, once, loaders, Optional.of(value));
  }

  /** This block with loaders of its own kind. */
  public TransformBlock withLoaders(LoaderFactory value) {
    return new TransformBlock(name, typeTfms, itemTfms, batchTfms, once, Optional.of(value), loss);
  }

  /** This block, whose members are made once and remembered. */
  public TransformBlock madeOnce() {
    return new TransformBlock(name, typeTfms, itemTfms, batchTfms, true, loaders, loss);
  }
}
