package org.onecycle.tabular;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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
  private final List<String> readCats;
  private final List<String> contNames;
  private final List<String> catNames;
  private final List<TabularProc.Fitted> fitted = new ArrayList<>();
  private final Target target;
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
    readCats = catNames;
    this.contNames = contNames;
    target = Target.fit(df, splits.train(), yNames, block);
    Cells all = Cells.read(df, catNames, contNames);
    Cells training = all.select(splits.train());
    Cells validation = all.select(splits.valid());
    List<TabularProc> ordered = new ArrayList<>(procs);
    ordered.sort(Comparator.comparingInt(TabularProc::order));
    for (TabularProc proc : ordered) {
      TabularProc.Fitted f = proc.fit(training);
      fitted.add(f);
      f.encode(training);
      f.encode(validation);
    }
    this.catNames = List.copyOf(training.cats().keySet());
    train = rows(training, df, splits.train());
    valid = rows(validation, df, splits.valid());
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
    return catNames;
  }

  /** Returns the continuous columns in the model's order. */
  public List<String> contNames() {
    return contNames;
  }

  /** Returns the target columns. */
  public List<String> yNames() {
    return target.names();
  }

  /** Returns what the target is. */
  public YBlock yBlock() {
    return target.block();
  }

  /** Returns the classes of the target in the order of their numbers; empty for numbers. */
  public List<String> vocab() {
    return target.labels() == null ? List.of() : target.labels().labels();
  }

  /** Returns the number of outputs that a model for the target has. */
  public int outputs() {
    return target.outputs();
  }

  /** Returns the vocabulary of each categorical column; empty without {@link Categorify}. */
  public Map<String, List<String>> classes() {
    Map<String, List<String>> out = new LinkedHashMap<>();
    find(Categorify.FittedCategorify.class)
        .ifPresent(c -> c.maps().forEach((name, map) -> out.put(name, map.labels())));
    return out;
  }

  /** Returns what gaps are filled with, by column; empty without {@link FillMissing}. */
  public Map<String, Double> naDict() {
    return find(FillMissing.FittedFill.class).map(f -> Map.copyOf(f.fills())).orElse(Map.of());
  }

  /** Returns the means by column; empty without {@link Normalize}. */
  public Map<String, Double> means() {
    return find(Normalize.FittedNormalize.class).map(n -> Map.copyOf(n.means())).orElse(Map.of());
  }

  /** Returns the deviations by column, the 1e-7 added; empty without {@link Normalize}. */
  public Map<String, Double> stds() {
    return find(Normalize.FittedNormalize.class).map(n -> Map.copyOf(n.stds())).orElse(Map.of());
  }

  private <F extends TabularProc.Fitted> Optional<F> find(Class<F> kind) {
    return fitted.stream().filter(kind::isInstance).map(kind::cast).findFirst();
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
    if (classes.isEmpty() && !catNames.isEmpty()) {
      throw new IllegalStateException("embeddings of " + catNames + " expect Categorify");
    }
    for (String name : overrides.keySet()) {
      if (!classes.containsKey(name)) {
        throw new IllegalArgumentException(
            "there is no categorical column " + name + ", there are " + catNames);
      }
    }
    return catNames.stream()
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
    return encode(df).toFrame();
  }

  /** Undoes {@link #process}: labels and numbers in their own units; filled gaps stay filled. */
  public DataFrame decode(DataFrame processed) {
    Cells cells = Cells.read(processed, catNames, contNames);
    cells.cats().replaceAll((name, v) -> integers(name, v));
    return decoded(cells).toFrame();
  }

  private static Object[] integers(String name, Object... values) {
    return IntStream.range(0, values.length)
        .mapToObj(r -> (Object) (int) code(values[r], name, r))
        .toArray();
  }

  Cells decoded(Cells cells) {
    for (int i = fitted.size() - 1; i >= 0; i--) {
      fitted.get(i).decode(cells);
    }
    return cells;
  }

  private Cells encode(DataFrame df) {
    Cells cells = Cells.read(df, readCats, contNames);
    fitted.forEach(f -> f.encode(cells));
    return cells;
  }

  private DataFrame frame(Rows rows) {
    Cells cells = cells(rows.count(), rows.cats(), rows.conts());
    DataFrame inputs = cells.toFrame();
    return rows.y() == null ? inputs : inputs.hConcat(yFrame(rows.y(), rows.count()));
  }

  private DataFrame yFrame(HostArray y, int count) {
    Map<String, Object[]> columns = new LinkedHashMap<>();
    int width = target.names().size();
    for (int c = 0; c < width; c++) {
      Object[] column = new Object[count];
      for (int r = 0; r < count; r++) {
        column[r] =
            target.labels() == null
                ? (Object) (double) y.floats()[r * width + c]
                : (Object) (int) y.longs()[r];
      }
      columns.put(target.names().get(c), column);
    }
    return Tables.ofColumns(columns);
  }

  /** The cells of matrices. */
  Cells cells(int count, HostArray cats, HostArray conts) {
    Cells out = new Cells(count);
    for (int c = 0; c < catNames.size(); c++) {
      int column = c;
      Object[] v = new Object[count];
      Arrays.setAll(v, r -> (int) cats.longs()[r * catNames.size() + column]);
      out.cats().put(catNames.get(c), v);
    }
    for (int c = 0; c < contNames.size(); c++) {
      int column = c;
      double[] v = new double[count];
      Arrays.setAll(v, r -> conts.floats()[r * contNames.size() + column]);
      out.conts().put(contNames.get(c), v);
    }
    return out;
  }

  // ---- matrices

  /** Prepares all rows of a table. */
  Rows rows(DataFrame df, boolean withTargets) {
    int[] all = IntStream.range(0, df.height()).toArray();
    return rows(encode(df), withTargets ? df : null, all);
  }

  private Rows rows(Cells cells, DataFrame df, int... chosen) {
    int n = cells.rows();
    boolean labelled = df != null && !target.names().isEmpty();
    return new Rows(
        n,
        catNames.isEmpty() ? null : HostArray.of(codes(cells, chosen), n, catNames.size()),
        contNames.isEmpty() ? null : HostArray.of(numbers(cells, chosen), n, contNames.size()),
        labelled ? target.encode(df, chosen) : null);
  }

  private long[] codes(Cells cells, int... chosen) {
    long[] out = new long[cells.rows() * catNames.size()];
    for (int c = 0; c < catNames.size(); c++) {
      Object[] v = cells.cats().get(catNames.get(c));
      for (int r = 0; r < v.length; r++) {
        out[r * catNames.size() + c] = code(v[r], catNames.get(c), chosen[r]);
      }
    }
    return out;
  }

  private static long code(Object v, String name, int row) {
    if (v instanceof Integer i && i >= 0) {
      return i;
    }
    Object whole = v instanceof Boolean b ? (Object) (b ? 1L : 0L) : Categorify.canonical(v);
    if (whole instanceof Number n && !(n instanceof Double) && n.longValue() >= 0) {
      return n.longValue();
    }
    throw new IllegalArgumentException(
        "column %s, row %d: expected the number of a category, got '%s'; Categorify makes them"
            .formatted(name, row, v));
  }

  private float[] numbers(Cells cells, int... chosen) {
    float[] out = new float[cells.rows() * contNames.size()];
    for (int c = 0; c < contNames.size(); c++) {
      double[] v = cells.conts().get(contNames.get(c));
      for (int r = 0; r < v.length; r++) {
        if (Double.isNaN(v[r])) {
          throw new IllegalArgumentException(
              "column %s, row %d: a gap, and no FillMissing to fill it"
                  .formatted(contNames.get(c), chosen[r]));
        }
        out[r * contNames.size() + c] = (float) v[r];
      }
    }
    return out;
  }

  Target target() {
    return target;
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
}
