package org.onecycle.tabular;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dflib.DataFrame;
import org.onecycle.data.Splits;
import org.onecycle.data.Splitter;
import org.onecycle.data.Splitters;

/** Options of {@link TabularData}. */
public final class TabularDataBuilder {
  private static final long SEED = 42;

  private final DataFrame df;
  private List<String> catNames = List.of();
  private List<String> contNames = List.of();
  private List<String> yNames = List.of();
  private YBlock block;
  private List<TabularProc> procs = List.of(new FillMissing(), new Categorify(), new Normalize());
  private Splitter<? super Map<String, Object>> splitter = Splitters.random(SEED);
  private Splits splits;

  TabularDataBuilder(DataFrame df) {
    this.df = df;
  }

  /** The categorical columns. */
  public TabularDataBuilder catNames(String... names) {
    return catNames(List.of(names));
  }

  /** The categorical columns. */
  public TabularDataBuilder catNames(List<String> names) {
    this.catNames = List.copyOf(names);
    return this;
  }

  /** The continuous columns. */
  public TabularDataBuilder contNames(String... names) {
    return contNames(List.of(names));
  }

  /** The continuous columns. */
  public TabularDataBuilder contNames(List<String> names) {
    this.contNames = List.copyOf(names);
    return this;
  }

  /** All columns but the targets, sorted by {@link ContCat#contCatSplit}. */
  public TabularDataBuilder columns(ContCat split) {
    return contNames(split.cont()).catNames(split.cat());
  }

  /** The target columns: one category, or one number or several. */
  public TabularDataBuilder yNames(String... names) {
    this.yNames = List.of(names);
    return this;
  }

  /** What the target is; by default numbers are regressed and everything else is a category. */
  public TabularDataBuilder yBlock(YBlock value) {
    this.block = value;
    return this;
  }

  /** The steps that prepare columns; by default all three. */
  public TabularDataBuilder procs(TabularProc... values) {
    this.procs = List.of(values);
    return this;
  }

  /** Which rows validate; by default a random fifth, with seed {@value #SEED}. */
  public TabularDataBuilder splitter(Splitter<? super Map<String, Object>> value) {
    this.splitter = value;
    this.splits = null;
    return this;
  }

  /** Which rows train and which validate; others are left out. */
  public TabularDataBuilder splits(Splits value) {
    this.splits = value;
    return this;
  }

  /**
   * Prepares the table.
   *
   * @throws IllegalArgumentException if a column is missing or holds what it cannot
   */
  public TabularData build() {
    if (df.height() == 0) {
      throw new IllegalArgumentException(
          "expected a table with rows, got none, only the columns "
              + List.of(df.getColumnsIndex().toArray()));
    }
    check();
    Splits chosen = splits == null ? splitter.split(Tables.rows(df)) : splits;
    return new TabularData(df, checked(chosen), catNames, contNames, yNames, block, procs);
  }

  private void check() {
    if (catNames.isEmpty() && contNames.isEmpty()) {
      throw new IllegalArgumentException(
          "expected catNames or contNames, the table has "
              + List.of(df.getColumnsIndex().toArray()));
    }
    Set<String> seen = new HashSet<>();
    for (List<String> names : List.of(catNames, contNames, yNames)) {
      for (String name : names) {
        Tables.column(df, name);
        if (!seen.add(name)) {
          throw new IllegalArgumentException("column " + name + " is named twice");
        }
      }
    }
    Set<Class<?>> kinds = new HashSet<>();
    for (TabularProc p : procs) {
      if (!kinds.add(p.getClass())) {
        throw new IllegalArgumentException(p.getClass().getSimpleName() + " is given twice");
      }
    }
  }

  private Splits checked(Splits chosen) {
    int[] train = chosen.train();
    if (train.length == 0) {
      throw new IllegalArgumentException(
          "expected training rows, the split of " + df.height() + " rows leaves none");
    }
    for (int[] part : new int[][] {train, chosen.valid()}) {
      Arrays.stream(part)
          .filter(r -> r < 0 || r >= df.height())
          .findFirst()
          .ifPresent(
              r -> {
                throw new IllegalArgumentException(
                    "the split names row " + r + ", the table has " + df.height() + " rows");
              });
    }
    return chosen;
  }
}
