package org.onecycle.tabular;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.onecycle.learner.Prediction;
import org.onecycle.learner.Predictor;
import org.onecycle.tensor.Tensor;

/**
 * An exported learner of tables or ratings: answers for rows and for whole tables.
 *
 * <pre>{@code
 * learn.learner().export(Path.of("salaries.safetensors"));
 * TabularPredictor salaries = TabularPredictor.load(Path.of("salaries.safetensors"));
 * DataFrame answers = salaries.predict(newPeople);
 * }</pre>
 */
public final class TabularPredictor {
  private static final int BS = 1024;

  private final Predictor predictor;
  private final Preparation preparation;
  private final TableAnswers answers;

  private TabularPredictor(Predictor predictor, Preparation preparation) {
    this.predictor = predictor;
    this.preparation = preparation;
    this.answers = new TableAnswers(preparation, this::ask);
  }

  /**
   * Loads what a learner of a table has exported.
   *
   * @throws IllegalArgumentException as {@link Predictor#load}, or if the export does not read rows
   */
  public static TabularPredictor load(Path file) {
    Predictor predictor = Predictor.load(file);
    if (predictor.reader() instanceof RowReader reader) {
      return new TabularPredictor(predictor, reader.preparation());
    }
    throw new IllegalArgumentException(
        file
            + ": expected the export of a learner of tables, got one that reads "
            + predictor.reader().spec().name());
  }

  /** Returns the plain predictor. */
  public Predictor predictor() {
    return predictor;
  }

  /** As {@link TabularLearner#predict(Map)}. */
  public TabularPrediction predict(Map<String, ?> row) {
    return answers.predict(row);
  }

  /** As {@link TabularLearner#predict(DataFrame)}. */
  public DataFrame predict(DataFrame df) {
    return answers.predict(df);
  }

  private TableAnswers.Answers ask(DataFrame df) {
    // Errors are to name rows of the table, not of a batch of it.
    preparation.rows(df, false);
    List<Prediction> all = predictor.predictAll(Tables.rows(df), BS);
    return new TableAnswers.Answers(
        Tensor.stack(0, all.stream().map(Prediction::target).toArray(Tensor[]::new)),
        Tensor.stack(0, all.stream().map(Prediction::activated).toArray(Tensor[]::new)));
  }
}
