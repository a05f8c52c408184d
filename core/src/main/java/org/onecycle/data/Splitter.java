package org.onecycle.data;

import java.util.List;

/**
 * Divides items into a training and a validation part.
 *
 * @param <I> type of the items
 */
@FunctionalInterface
public interface Splitter<I> {

  /** Returns the split of these items. */
  Splits split(List<? extends I> items);
}
