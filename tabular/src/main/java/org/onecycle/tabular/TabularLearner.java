package org.onecycle.tabular;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.onecycle.data.DataLoader;
import org.onecycle.learner.Learner;
import org.onecycle.learner.Predictions;
import org.onecycle.tensor.Tensor;

/**
 * A learner of tables: a {@link TabularModel} made for the data, and predictions for rows and whole
 * tables.
 *
 * <pre>{@code
 * TabularLearner learn = TabularLearner.of(dls).metrics(accuracy()).build();
 * learn.fitOneCycle(3);
 * DataFrame answers = learn.predict(newPeople);
 * }</pre>
 */
public final class TabularLearner extends TableLearner<TabularModel> {
  TabularLearner(TabularDataLoaders dls, TabularModel model, Learner learner) {
    super(dls, model, learner);
  }

  /** Returns the options of a learner: fastai's {@code tabular_learner}. */
  public static TabularLearnerBuilder of(TabularDataLoaders dls) {
    return new TabularLearnerBuilder(dls);
  }

  /**
   * Predicts one row, given by column; a gap is null, a column that is not there an error.
   *
   * @throws IllegalArgumentException if a column is missing or holds what it cannot
   */
  public TabularPrediction predict(Map<String, ?> row) {
    DataFrame one = Tables.ofRows(List.of(row));
    DataLoader loader = dls().testDl(one);
    Answers answers = answers(loader);
    Map<String, Object> seen =
        new LinkedHashMap<>(Tables.row(dls().data().decode(dls().data().process(one)), 0));
    dls()
        .data()
        .target()
        .decode(answers.decoded.toDoubles(), 1)
        .forEach((name, v) -> seen.put(name, v[0]));
    return new TabularPrediction(
        seen,
        seen.get(dls().data().yNames().get(0)),
        first(answers.decoded),
        first(answers.activated));
  }

  /**
   * Predicts all rows of a table.
   *
   * @return the table with columns added: for a category {@code NAME_pred}, the label, and {@code
   *     NAME_prob_LABEL}, the probability of each; for numbers {@code NAME_pred}
   * @throws IllegalArgumentException if a column is missing or holds what it cannot
   */
  public DataFrame predict(DataFrame df) {
    int n = df.height();
    DataLoader loader = dls().testDl(df);
    if (n == 0) {
      return df.hConcat(Tables.ofColumns(columns(new double[0], new double[0], 0)));
    }
    Answers answers = answers(loader);
    return df.hConcat(
        Tables.ofColumns(columns(answers.decoded.toDoubles(), answers.activated.toDoubles(), n)));
  }

  private Map<String, Object[]> columns(double[] decoded, double[] activated, int n) {
    Map<String, Object[]> out = new LinkedHashMap<>();
    dls()
        .data()
        .target()
        .decode(decoded, n)
        .forEach((name, values) -> out.put(name + "_pred", values));
    List<String> vocab = dls().data().vocab();
    for (int c = 0; c < vocab.size(); c++) {
      Object[] column = new Object[n];
      for (int r = 0; r < n; r++) {
        column[r] = activated[r * vocab.size() + c];
      }
      out.put(dls().data().yNames().get(0) + "_prob_" + vocab.get(c), column);
    }
    return out;
  }

  private record Answers(Tensor decoded, Tensor activated) {}

  private Answers answers(DataLoader loader) {
    Predictions all = silentPreds(loader);
    return new Answers(learner().lossFunc().decodes(all.preds()), all.preds());
  }

  private static Tensor first(Tensor batch) {
    long[] shape = batch.shape();
    return batch.slice(0, 0, 1).reshape(Arrays.copyOfRange(shape, 1, shape.length));
  }
}
