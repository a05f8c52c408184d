package org.onecycle.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Items, split in two, read as samples by one {@link Column} per member.
 *
 * <p>Vocabularies are set up on the training items alone. A sole column may make a whole {@link
 * Sample} by itself (a pair of pictures and whether they match); its parts are then the members.
 *
 * @param <I> type of the items
 */
public final class Datasets<I> {
  private final List<I> items;
  private final Splits splits;
  private final List<Column<I>> columns;
  private final int nInp;

  private Datasets(List<? extends I> items, Splits splits, List<Column<I>> columns, int nInp) {
    this.items = List.copyOf(items);
    this.splits = splits;
    this.columns = List.copyOf(columns);
    this.nInp = nInp;
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("Datasets expects at least one column");
    }
    if (nInp < 0 || nInp > columns.size() && columns.size() > 1) {
      throw new IllegalArgumentException(
          "Datasets: " + nInp + " inputs of " + columns.size() + " columns");
    }
    splits.check(items.size());
  }

  /** Datasets whose last column is the target, unless it is the only one. */
  public static <I> Datasets<I> of(
      List<? extends I> items, Splits splits, List<Column<I>> columns) {
    return create(items, splits, columns, 0);
  }

  /** Datasets whose first {@code nInp} members are inputs. */
  public static <I> Datasets<I> of(
      List<? extends I> items, Splits splits, List<Column<I>> columns, int nInp) {
    if (nInp < 1) {
      throw new IllegalArgumentException("Datasets expects at least one input, got " + nInp);
    }
    return create(items, splits, columns, nInp);
  }

  private static <I> Datasets<I> create(
      List<? extends I> items, Splits splits, List<Column<I>> columns, int nInp) {
    Datasets<I> made = new Datasets<>(items, splits, columns, nInp);
    List<I> training = IntStream.of(splits.train()).mapToObj(made.items::get).toList();
    for (int c = 0; c < columns.size(); c++) {
      new TrainingValues<>(columns.get(c), c, training).setup();
    }
    return made;
  }

  /** Returns the training samples. */
  public Dataset train() {
    return subset(Split.TRAIN, Split.TRAIN);
  }

  /** Returns the validation samples. */
  public Dataset valid() {
    return subset(Split.VALID, Split.VALID);
  }

  /** Returns the items of one part, read with the transforms of another. */
  public Dataset subset(Split part, Split transforms) {
    List<I> chosen = IntStream.of(splits.of(part)).mapToObj(items::get).toList();
    return new ItemDataset<>(chosen, columns, nInp, transforms, true);
  }

  /**
   * Returns new items, read with the validation transforms.
   *
   * @param withLabels whether the targets are read as well
   */
  public Dataset test(List<? extends I> newItems, boolean withLabels) {
    return new ItemDataset<>(newItems, columns, nInp, Split.VALID, withLabels);
  }

  /** Returns how many members are inputs, as far as the columns tell. */
  public int nInp() {
    return nInp > 0 ? nInp : Sample.defaultInputs(columns.size());
  }

  /** Returns all items. */
  public List<I> items() {
    return items;
  }

  /** Returns the columns. */
  public List<Column<I>> columns() {
    return columns;
  }

  /** Returns the vocabularies, one per column; an empty list where a column has none. */
  public List<List<String>> vocabs() {
    List<List<String>> vocabs = new ArrayList<>();
    for (Column<I> column : columns) {
      List<String> vocab = List.of();
      for (Transform<?, ?> t : column.transforms().transforms()) {
        if (t instanceof HasVocab v && !v.vocab().isEmpty()) {
          vocab = v.vocab();
        }
      }
      vocabs.add(vocab);
    }
    return vocabs;
  }

  /**
   * Returns the vocabulary of the last target that has one; empty when none has. A sole column
   * makes the target too.
   */
  public List<String> vocab() {
    List<List<String>> all = vocabs();
    int first = columns.size() == 1 ? 0 : nInp();
    for (int c = all.size() - 1; c >= first; c--) {
      if (!all.get(c).isEmpty()) {
        return all.get(c);
      }
    }
    return List.of();
  }

  /** Undoes the columns' transforms, for a person to look at the sample. */
  public Sample decode(Sample sample, Split split) {
    if (columns.size() == 1) {
      return (Sample) columns.get(0).transforms().decode(sample, split);
    }
    List<Object> members = new ArrayList<>();
    for (int c = 0; c < sample.size(); c++) {
      members.add(columns.get(c).transforms().decode(sample.get(c), split));
    }
    return new Sample(members, sample.nInp());
  }

  @Override
  public String toString() {
    return "Datasets of %d items, %d to train on and %d to validate"
        .formatted(items.size(), splits.train().length, splits.valid().length);
  }
}
