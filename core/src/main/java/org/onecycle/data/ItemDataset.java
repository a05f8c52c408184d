package org.onecycle.data;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.tensor.Rng;

/** Items read by columns. */
final class ItemDataset<I> implements Dataset {
  private static final int NAME_LENGTH = 200;

  private final List<I> items;
  private final List<Column<I>> columns;
  private final int nInp;
  private final Split split;
  private final boolean withTargets;

  /** With {@code nInp} 0 the last member is the target. */
  ItemDataset(
      List<? extends I> items,
      List<Column<I>> columns,
      int nInp,
      Split split,
      boolean withTargets) {
    this.items = List.copyOf(items);
    this.columns = columns;
    this.nInp = nInp;
    this.split = split;
    this.withTargets = withTargets;
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public Split split() {
    return split;
  }

  @Override
  public String describe(int i) {
    String name = String.valueOf(items.get(i));
    return name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH) + "...";
  }

  @Override
  public Sample get(int i, Rng rng) {
    I item = items.get(i);
    long seed = rng.nextLong();
    if (columns.size() == 1) {
      Object value = encode(0, item, seed);
      Sample whole = value instanceof Sample s ? s : Sample.of(value);
      int inputs = nInp > 0 ? nInp : whole.nInp();
      return new Sample(withTargets ? whole.members() : whole.members().subList(0, inputs), inputs);
    }
    int inputs = nInp > 0 ? nInp : Sample.defaultInputs(columns.size());
    List<Object> members = new ArrayList<>();
    for (int c = 0; c < (withTargets ? columns.size() : inputs); c++) {
      Object value = encode(c, item, seed);
      if (value instanceof Sample) {
        throw new IllegalArgumentException(
            "column " + c + " makes a whole sample; only a sole column may do that");
      }
      members.add(value);
    }
    for (Object member : members) {
      if (member instanceof ChecksSample check) {
        check.checkFits(members, describe(i));
      }
    }
    return new Sample(members, inputs);
  }

  private Object encode(int c, I item, long seed) {
    Column<I> column = columns.get(c);
    return column.transforms().encode(read(column, c, item), split, Rng.of(seed, c).seed());
  }

  static <I> Object read(Column<I> column, int number, I item) {
    Object value = column.get().apply(item);
    if (value == null) {
      throw new IllegalArgumentException("column " + number + " has no value for item " + item);
    }
    return value;
  }
}
