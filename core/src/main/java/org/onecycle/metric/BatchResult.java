package org.onecycle.metric;

import java.util.List;
import org.onecycle.tensor.Tensor;

/**
 * What a model made of one batch.
 *
 * @param pred the model's output, without activation
 * @param targets the targets
 * @param loss the mean loss of the batch
 * @param size the number of items
 */
public record BatchResult(Tensor pred, List<Tensor> targets, double loss, int size) {
  /** Copies the list. */
  public BatchResult {
    targets = List.copyOf(targets);
  }

  /**
   * Returns the only target.
   *
   * @throws IllegalArgumentException if there is none or more than one
   */
  public Tensor target() {
    if (targets.size() != 1) {
      throw new IllegalArgumentException("A metric expects one target, got " + targets.size());
    }
    return targets.get(0);
  }
}
