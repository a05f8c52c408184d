package org.onecycle.tabular;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.onecycle.data.HostArray;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.Splits;

/**
 * A table made ready for a model, and what it takes to make other rows ready in the same way:
 * fastai's {@code TabularPandas}.
 *
 * <pre>{@code
 * TabularData data =
 *     TabularData.of(Tables.readCsv(file))
 *         .catNames("workclass", "education", "race")
 *         .contNames("age", "fnlwgt", "education-num")
 *         .yNames("salary")
 *         .splitter(Splitters.random(42))
 *         .build();
 * TabularDataLoaders dls = data.dataLoaders(64);
 * }</pre>
 *
 * <p>Vocabularies, medians, means and deviations come from the training rows alone.
 */
public final class TabularData {
  private final Preparation preparation;
  private final Rows train;
  private final Rows valid;

  TabularData(
      DataFrame df,
      Splits splits,
      List<String> catNames,
      List<String> contNames,
      List<String> yNames,
      YBlock block,
      List<TabularProc> procs) {
    Target target = Target.fit(df, splits.train(), yNames, block);
    Cells all = Cells.read(df, catNames, contNames);
    Cells training = all.select(splits.train());
    Cells validation = all.select(splits.valid());
    List<TabularProc.Fitted> fitted = new ArrayList<>();
    List<TabularProc> ordered = new ArrayList<>(procs);
    ordered.sort(Comparator.comparingInt(TabularProc::order));
    for (TabularProc proc : ordered) {
      TabularProc.Fitted f = proc.fit(training);
      fitted.add(f);
      f.encode(training);
      f.encode(validation);
    }
    List<String> seen = List.copyOf(training.cats().keySet());
    preparation = new Preparation(catNames, contNames, seen, fitted, target);
    train = preparation.rows(training, df, splits.train());
    valid = preparation.rows(validation, df, splits.valid());
  }

  /** Options for a table. */
  public static TabularDataBuilder of(DataFrame df) {
    return new TabularDataBuilder(df);
  }

  /** Options for the table of a CSV file, read as {@link Tables#readCsv(Path)} says. */
  public static TabularDataBuilder fromCsv(Path file) {
    return of(Tables.readCsv(file));
  }

  // ---- what it knows

  /** Returns the categorical columns in the model's order, {@code _na} columns among them. */
  public List<String> catNames() {
    return preparation.catNames();
  }

  /** Returns the continuous columns in the model's order. */
  public List<String> contNames() {
    return preparation.contNames();
  }

  /** Returns the target columns. */
  public List<String> yNames() {
    return target().names();
  }

  /** Returns what the target is. */
  public YBlock yBlock() {
    return target().block();
  }

  /** Returns the classes of the target in the order of their numbers; empty for numbers. */
  public List<String> vocab() {
    return target().vocab();
  }

  /** Returns the number of outputs that a model for the target has. */
  public int outputs() {
    return target().outputs();
  }

  /** Returns the vocabulary of each categorical column; empty without {@link Categorify}. */
  public Map<String, List<String>> classes() {
    Map<String, List<String>> out = new LinkedHashMap<>();
    preparation
        .find(Categorify.FittedCategorify.class)
        .ifPresent(c -> c.maps().forEach((name, map) -> out.put(name, map.labels())));
    return out;
  }

  /** Returns what gaps are filled with, by column; empty without {@link FillMissing}. */
  public Map<String, Double> naDict() {
    return preparation
        .find(FillMissing.FittedFill.class)
        .map(f -> Map.copyOf(f.fills()))
        .orElse(Map.of());
  }

  /** Returns the means by column; empty without {@link Normalize}. */
  public Map<String, Double> means() {
    return preparation
        .find(Normalize.FittedNormalize.class)
        .map(n -> Map.copyOf(n.means()))
        .orElse(Map.of());
  }

  /** Returns the deviations by column, the 1e-7 added; empty without {@link Normalize}. */
  public Map<String, Double> stds() {
    return preparation
        .find(Normalize.FittedNormalize.class)
        .map(n -> Map.copyOf(n.stds()))
        .orElse(Map.of());
  }

  /** Returns the embedding sizes of the categorical columns by the rule of {@link EmbSz#of}. */
  public List<EmbSz> embSzs() {
    return embSzs(Map.of());
  }

  /**
   * Returns the embedding sizes of the categorical columns.
   *
   * @param overrides the dimension of some columns, by name
   * @throws IllegalStateException if there are categorical columns and no {@link Categorify}
   */
  public List<EmbSz> embSzs(Map<String, Integer> overrides) {
    Map<String, List<String>> classes = classes();
    if (classes.isEmpty() && !catNames().isEmpty()) {
      throw new IllegalStateException("embeddings of " + catNames() + " expect Categorify");
    }
    for (String name : overrides.keySet()) {
      if (!classes.containsKey(name)) {
        throw new IllegalArgumentException(
            "there is no categorical column " + name + ", there are " + catNames());
      }
    }
    return catNames().stream()
        .map(
            name -> {
              int n = classes.get(name).size();
              Integer dim = overrides.get(name);
              return dim == null ? EmbSz.of(n) : new EmbSz(n, dim);
            })
        .toList();
  }

  // ---- tables in, tables out

  /** Returns the prepared rows, training rows first: numbers of categories, scaled numbers. */
  public DataFrame items() {
    DataFrame first = frame(train);
    return valid.count() == 0 ? first : first.vConcat(frame(valid));
  }

  /** Prepares other rows by what was learnt; targets are left out. */
  public DataFrame process(DataFrame df) {
    return preparation.encode(df).toFrame();
  }

  /** Undoes {@link #process}: labels and numbers in their own units; filled gaps stay filled. */
  public DataFrame decode(DataFrame processed) {
    return preparation.decode(processed);
  }

  Cells decoded(Cells cells) {
    return preparation.decoded(cells);
  }

  private DataFrame frame(Rows rows) {
    Cells cells = preparation.cells(rows.count(), rows.cats(), rows.conts());
    DataFrame inputs = cells.toFrame();
    return rows.y() == null ? inputs : inputs.hConcat(yFrame(rows.y(), rows.count()));
  }

  private DataFrame yFrame(HostArray y, int count) {
    Map<String, Object[]> columns = new LinkedHashMap<>();
    int width = target().names().size();
    for (int c = 0; c < width; c++) {
      Object[] column = new Object[count];
      for (int r = 0; r < count; r++) {
        column[r] =
            target().labels() == null
                ? (Object) (double) y.floats()[r * width + c]
                : (Object) (int) y.longs()[r];
      }
      columns.put(target().names().get(c), column);
    }
    return Tables.ofColumns(columns);
  }

  // ---- matrices

  /** Prepares all rows of a table. */
  Rows rows(DataFrame df, boolean withTargets) {
    return preparation.rows(df, withTargets);
  }

  Preparation preparation() {
    return preparation;
  }

  Target target() {
    return preparation.target();
  }

  Rows train() {
    return train;
  }

  Rows valid() {
    return valid;
  }

  // ---- loaders

  /** Returns loaders of batches of {@code bs} rows. */
  public TabularDataLoaders dataLoaders(int bs) {
    return dataLoaders(bs, bs, LoaderOptions.DEFAULT_SEED);
  }

  /**
   * Returns loaders of batches.
   *
   * @param bs rows in a training batch; every epoch permutes the rows, an incomplete last batch is
   *     left out
   * @param valBs rows in a validation batch; larger ones give the same results faster
   * @param seed decides the order of the training rows
   * @throws IllegalArgumentException if there are fewer training rows than {@code bs}
   */
  public TabularDataLoaders dataLoaders(int bs, int valBs, long seed) {
    return new TabularDataLoaders(this, bs, valBs, seed);
  }

  @Override
  public String toString() {
    return "TabularData of %d rows: categories %s, numbers %s, target %s"
        .formatted(items().height(), catNames(), contNames(), yNames());
  }
}
