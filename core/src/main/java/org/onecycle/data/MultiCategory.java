package org.onecycle.data;

import java.util.List;

/**
 * The numbers of some labels in their vocabulary.
 *
 * @param indices places in the vocabulary, in the order of the labels
 */
public record MultiCategory(List<Integer> indices) {

  /** Copies the list. */
  public MultiCategory {
    indices = List.copyOf(indices);
  }
}
