package org.onecycle.tabular;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.dflib.DataFrame;
import org.onecycle.tensor.Tensor;

/** Answers of a model as a person reads them, for rows and for whole tables. */
final class TableAnswers {
  /**
   * What a model says of rows.
   *
   * @param decoded in the form of the targets {@code [N, ...]}
   * @param activated what the answers were read from {@code [N, ...]}
   */
  record Answers(Tensor decoded, Tensor activated) {}

  private final Preparation preparation;
  private final Function<DataFrame, Answers> model;

  TableAnswers(Preparation preparation, Function<DataFrame, Answers> model) {
    this.preparation = preparation;
    this.model = model;
  }

  TabularPrediction predict(Map<String, ?> row) {
    DataFrame one = Tables.ofRows(List.of(row));
    Answers answers = model.apply(one);
    DataFrame prepared = preparation.encode(one).toFrame();
    Map<String, Object> seen = new LinkedHashMap<>(Tables.row(preparation.decode(prepared), 0));
    preparation
        .target()
        .decode(answers.decoded.toDoubles(), 1)
        .forEach((name, v) -> seen.put(name, v[0]));
    return new TabularPrediction(
        seen,
        seen.get(preparation.target().names().get(0)),
        first(answers.decoded),
        first(answers.activated));
  }

  DataFrame predict(DataFrame df) {
    int n = df.height();
    if (n == 0) {
      preparation.encode(df);
      return df.hConcat(Tables.ofColumns(columns(new double[0], new double[0], 0)));
    }
    Answers answers = model.apply(df);
    return df.hConcat(
        Tables.ofColumns(columns(answers.decoded.toDoubles(), answers.activated.toDoubles(), n)));
  }

  private Map<String, Object[]> columns(double[] decoded, double[] activated, int n) {
    Map<String, Object[]> out = new LinkedHashMap<>();
    Target target = preparation.target();
    target.decode(decoded, n).forEach((name, values) -> out.put(name + "_pred", values));
    List<String> vocab = target.vocab();
    for (int c = 0; c < vocab.size(); c++) {
      Object[] column = new Object[n];
      for (int r = 0; r < n; r++) {
        column[r] = activated[r * vocab.size() + c];
      }
      out.put(target.names().get(0) + "_prob_" + vocab.get(c), column);
    }
    return out;
  }

  private static Tensor first(Tensor batch) {
    long[] shape = batch.shape();
    return batch.slice(0, 0, 1).reshape(Arrays.copyOfRange(shape, 1, shape.length));
  }
}
