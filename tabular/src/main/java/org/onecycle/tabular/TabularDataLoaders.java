package org.onecycle.tabular;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.onecycle.data.Batch;
import org.onecycle.data.Category;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.Sample;
import org.onecycle.data.Split;

/**
 * Batches of the rows of a {@link TabularData}: INT64 {@code [N, categorical columns]} and FLOAT
 * {@code [N, continuous columns]}, whichever there are, and the target.
 */
public final class TabularDataLoaders {
  private final TabularData data;
  private final int valBs;
  private final DataLoaders loaders;

  TabularDataLoaders(TabularData data, int bs, int valBs, long seed) {
    this.data = data;
    this.valBs = valBs;
    int rows = data.train().count();
    if (bs < 1 || bs > rows) {
      throw new IllegalArgumentException(
          "bs expects a number from 1 to the " + rows + " training rows, got " + bs);
    }
    // A gather takes less time than handing a batch from thread to thread.
    LoaderOptions options = LoaderOptions.defaults().withWorkers(0).withSeed(seed);
    loaders =
        DataLoaders.of(
                new DataLoader(TabularSource.of(Split.TRAIN, bs, data.train()), options),
                new DataLoader(TabularSource.of(Split.VALID, valBs, data.valid()), options),
                data.vocab(),
                (items, labels) -> testDl(table(items), labels),
                this::decode)
            .withReader((dls, targets) -> new RowReader(data.preparation()));
  }

  /** Returns the table behind the loaders. */
  public TabularData data() {
    return data;
  }

  /** Returns the loaders in the form that a {@link org.onecycle.learner.Learner} takes. */
  public DataLoaders loaders() {
    return loaders;
  }

  /** Returns the training loader. */
  public DataLoader train() {
    return loaders.train();
  }

  /** Returns the validation loader. */
  public DataLoader valid() {
    return loaders.valid();
  }

  /**
   * Returns a loader of other rows, without targets, prepared by what was learnt from the training
   * rows.
   *
   * @throws IllegalArgumentException if a column is missing or holds what it cannot
   */
  public DataLoader testDl(DataFrame df) {
    return testDl(df, false);
  }

  /** As {@link #testDl(DataFrame)}, with or without targets. */
  public DataLoader testDl(DataFrame df, boolean withTargets) {
    Rows rows = data.rows(df, withTargets);
    return new DataLoader(TabularSource.of(Split.VALID, valBs, rows), loaders.valid().options());
  }

  /** Returns the first rows of the coming training batch as a person reads them. */
  public DataFrame showBatch(int max) {
    Batch batch = loaders.train().oneBatch();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Sample s : loaders.decode(loaders.train(), batch, max)) {
      Map<String, Object> row = new LinkedHashMap<>(row(s.get(0)));
      for (int t = 0; t < s.targets().size(); t++) {
        row.put(data.yNames().get(t), s.targets().get(t));
      }
      rows.add(row);
    }
    return Tables.ofRows(rows);
  }

  @SuppressWarnings("unchecked") // decode() made it
  private static Map<String, Object> row(Object decoded) {
    return (Map<String, Object>) decoded;
  }

  /** A sample of a row by column, and its targets. */
  private Sample decode(Sample sample) {
    boolean cats = !data.catNames().isEmpty();
    List<Object> inputs = sample.inputs();
    HostArray first = (HostArray) inputs.get(0);
    HostArray conts = (HostArray) inputs.get(inputs.size() - 1);
    Cells cells = data.decoded(data.preparation().cells(1, cats ? first : null, conts));
    List<Object> members = new ArrayList<>();
    members.add(Tables.row(cells.toFrame(), 0));
    for (Object y : sample.targets()) {
      double[] numbers =
          y instanceof Category c ? new double[] {c.index()} : doubles((HostArray) y);
      data.target().decode(numbers, 1).values().forEach(v -> members.add(v[0]));
    }
    return new Sample(members, 1);
  }

  private static double[] doubles(HostArray a) {
    double[] out = new double[a.floats().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = a.floats()[i];
    }
    return out;
  }

  private static DataFrame table(List<?> items) {
    if (items.size() == 1 && items.get(0) instanceof DataFrame df) {
      return df;
    }
    return RowReader.table(items);
  }

  @Override
  public String toString() {
    return "Tabular" + loaders;
  }
}
