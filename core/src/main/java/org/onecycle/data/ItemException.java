package org.onecycle.data;

/** An item could not be read or transformed; the message names it. */
public final class ItemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int index;

  ItemException(int index, String item, Throwable cause) {
    super("item " + index + " (" + item + "): " + text(cause), cause);
    this.index = index;
  }

  /** Returns the index of the item in its data set. */
  public int index() {
    return index;
  }

  /** Returns what has gone wrong with an item of a data set, by its name. */
  public static ItemException of(Dataset dataset, int index, Exception cause) {
    return cause instanceof ItemException e
        ? e
        : new ItemException(index, dataset.describe(index), cause);
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
