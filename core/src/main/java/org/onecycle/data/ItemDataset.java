package org.onecycle.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.onecycle.tensor.Rng;

/** Items read by columns. */
final class ItemDataset<I> implements Dataset {
  private static final int NAME_LENGTH = 200;

  private final List<I> items;
  private final List<Column<I>> columns;
  private final int nInp;
  private final Split split;
  private final boolean withTargets;
  // The members of columns that are read once, by column; null for the others.
  private final List<AtomicReferenceArray<Object>> made = new ArrayList<>();

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
    columns.forEach(c -> made.add(c.once() ? new AtomicReferenceArray<>(items.size()) : null));
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
    return name(items.get(i));
  }

  /** How errors call an item. */
  static String name(Object item) {
    String name = String.valueOf(item);
    return name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH) + "...";
  }

  @Override
  public Sample get(int i, Rng rng) {
    I item = items.get(i);
    long seed = rng.nextLong();
    if (columns.size() == 1) {
      Object value = encode(0, i, item, seed);
      Sample whole = value instanceof Sample s ? s : Sample.of(value);
      int inputs = nInp > 0 ? nInp : whole.nInp();
      return new Sample(withTargets ? whole.members() : whole.members().subList(0, inputs), inputs);
    }
    int inputs = nInp > 0 ? nInp : Sample.defaultInputs(columns.size());
    List<Object> members = new ArrayList<>();
    for (int c = 0; c < (withTargets ? columns.size() : inputs); c++) {
      Object value = encode(c, i, item, seed);
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

  @Override
  public Object member(int i, int member, Rng rng) {
    return columns.size() == 1
        ? get(i, rng).get(member)
        : encode(member, i, items.get(i), rng.nextLong());
  }

  private Object encode(int c, int i, I item, long seed) {
    AtomicReferenceArray<Object> known = made.get(c);
    Object value = known == null ? null : known.get(i);
    if (value == null) {
      Column<I> column = columns.get(c);
      value = column.transforms().encode(read(column, c, item), split, Rng.of(seed, c).seed());
      if (known != null) {
        known.set(i, value);
      }
    }
    return value;
  }

  static <I> Object read(Column<I> column, int number, I item) {
    Object value = column.get().apply(item);
    if (value == null) {
      throw new IllegalArgumentException(
          "column " + number + " has no value for item " + name(item));
    }
    return value;
  }
}
