package org.onecycle.data;

import java.util.List;
import org.onecycle.loss.CrossEntropyLossFlat;

/** Blocks for targets of one label each, learnt with cross entropy. */
public final class CategoryBlock {
  private CategoryBlock() {}

  /** Labels whose vocabulary is taken from the training items, sorted. */
  public static TransformBlock of() {
    return TransformBlock.of("CategoryBlock", () -> List.of(new Categorize()))
        .withLoss(new CrossEntropyLossFlat());
  }

  /** Labels of a vocabulary known beforehand, in its order. */
  public static TransformBlock of(List<String> vocab) {
    CategoryMap map = CategoryMap.ofLabels(vocab);
    return TransformBlock.of("CategoryBlock", () -> List.of(new Categorize(map)))
        .withLoss(new CrossEntropyLossFlat());
  }
}
