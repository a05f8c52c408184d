package org.onecycle.data;

import java.util.function.Function;

/**
 * One member of a sample: how it is read off an item, and what is done to it.
 *
 * @param get reads the member (a file, a label) off the item
 * @param transforms what makes of it a member of the sample
 * @param once whether the member is made once and remembered: for small members that take long and
 *     draw nothing, such as the numbers of a text's words
 * @param <I> type of the items
 */
public record Column<I>(Function<? super I, ?> get, Pipeline transforms, boolean once) {

  /** A column whose member is made anew each time that it is asked for. */
  public Column(Function<? super I, ?> get, Pipeline transforms) {
    this(get, transforms, false);
  }

  /** A column of these steps. */
  public static <I> Column<I> of(Function<? super I, ?> get, Transform<?, ?>... transforms) {
    return new Column<>(get, Pipeline.of(transforms));
  }

  /** A column that starts with the item itself. */
  public static <I> Column<I> of(Transform<?, ?>... transforms) {
    return new Column<>(item -> item, Pipeline.of(transforms));
  }
}
