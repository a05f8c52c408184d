package org.onecycle.data;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** What a column reads off the training items, while its transforms learn from it. */
final class TrainingValues<I> implements Iterable<Object> {
  private static final int NONE = -1;

  private final Column<I> column;
  private final int number;
  private final List<I> items;
  private int reading = NONE;

  TrainingValues(Column<I> column, int number, List<I> items) {
    this.column = column;
    this.number = number;
    this.items = items;
  }

  /**
   * Sets the column's transforms up.
   *
   * @throws ItemException naming the item that cannot be read, or that a transform fails on
   */
  void setup() {
    try {
      column.transforms().setup(this);
    } catch (ItemException e) {
      throw e;
    } catch (RuntimeException e) {
      // Values are read one by one as they are asked for: the last one read is to blame.
      throw reading == NONE
          ? e
          : new ItemException(reading, ItemDataset.name(items.get(reading)), e);
    }
  }

  @Override
  public Iterator<Object> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        if (next == items.size()) {
          reading = NONE;
        }
        return next < items.size();
      }

      @Override
      public Object next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        reading = next++;
        return ItemDataset.read(column, number, items.get(reading));
      }
    };
  }
}
