package org.onecycle.data;

import java.util.List;
import org.onecycle.io.Exportable;
import org.onecycle.tensor.Tensor;

/**
 * How a finished model is fed and read: new items become inputs, an answer becomes what a person
 * reads. Part of an export.
 */
public interface ItemReader extends Exportable {
  /**
   * Reads items, as the user has them, into a batch of the model's inputs {@code [N, ...]}; its
   * {@link Batch#indices} say which item is in which row.
   */
  Batch read(List<?> items);

  /** Returns the answer for one item in words; by default the numbers themselves. */
  default Object decode(Tensor answer) {
    return answer;
  }

  /** Returns the labels in the order of their numbers; none by default. */
  default List<String> vocab() {
    return List.of();
  }
}
