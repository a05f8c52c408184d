package org.onecycle.tabular;

import java.util.Map;
import org.dflib.DataFrame;
import org.onecycle.learner.Learner;
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
    return answers().predict(row);
  }

  /**
   * Predicts all rows of a table.
   *
   * @return the table with columns added: for a category {@code NAME_pred}, the label, and {@code
   *     NAME_prob_LABEL}, the probability of each; for numbers {@code NAME_pred}
   * @throws IllegalArgumentException if a column is missing or holds what it cannot
   */
  public DataFrame predict(DataFrame df) {
    return answers().predict(df);
  }

  private TableAnswers answers() {
    return new TableAnswers(
        dls().data().preparation(),
        df -> {
          Tensor activated = silentPreds(dls().testDl(df)).preds();
          return new TableAnswers.Answers(learner().lossFunc().decodes(activated), activated);
        });
  }
}
