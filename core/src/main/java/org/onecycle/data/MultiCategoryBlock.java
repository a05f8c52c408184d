package org.onecycle.data;

import java.util.List;
import org.onecycle.loss.BCEWithLogitsLossFlat;

/** Blocks for targets of any number of labels each, learnt with binary cross entropy. */
public final class MultiCategoryBlock {
  private MultiCategoryBlock() {}

  /** Lists of labels whose vocabulary is taken from the training items, sorted. */
  public static TransformBlock of() {
    return block(new MultiCategorize[0]);
  }

  /** Lists of labels of a vocabulary known beforehand, in its order. */
  public static TransformBlock of(List<String> vocab) {
    return block(new MultiCategorize(CategoryMap.ofLabels(vocab)));
  }

  private static TransformBlock block(MultiCategorize... known) {
    return TransformBlock.of(
            "MultiCategoryBlock",
            () -> {
              MultiCategorize labels = known.length > 0 ? known[0] : new MultiCategorize();
              return List.of(labels, new OneHotEncode(() -> labels.vocab().size()));
            })
        .withLoss(new BCEWithLogitsLossFlat());
  }
}
