package org.onecycle.tabular.collab;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.onecycle.learner.EpochRecord;
import org.onecycle.learner.FitOptions;
import org.onecycle.learner.Learner;
import org.onecycle.learner.OneCycle;
import org.onecycle.nn.Module;
import org.onecycle.optim.Lr;
import org.onecycle.tabular.TableLearner;
import org.onecycle.tabular.TabularDataLoaders;
import org.onecycle.tensor.Tensor;

/**
 * A learner of ratings.
 *
 * <pre>{@code
 * TabularDataLoaders dls = CollabDataLoaders.fromDf(ratings);
 * CollabLearner learn = CollabLearner.of(dls).yRange(0, 5.5).build();
 * learn.fitOneCycle(5, 5e-3, 0.1);
 * }</pre>
 */
public final class CollabLearner extends TableLearner<Module> {
  CollabLearner(TabularDataLoaders dls, Module model, Learner learner) {
    super(dls, model, learner);
  }

  /** Returns the options of a learner: fastai's {@code collab_learner}. */
  public static CollabLearnerBuilder of(TabularDataLoaders dls) {
    return new CollabLearnerBuilder(dls);
  }

  /** Trains for some epochs in one cycle with a weight decay. */
  public List<EpochRecord> fitOneCycle(int nEpoch, double lrMax, double wd) {
    return learner()
        .fitOneCycle(nEpoch, Lr.of(lrMax), OneCycle.DEFAULT, FitOptions.DEFAULT.withWd(wd));
  }

  /**
   * Predicts the ratings of a table of users and items.
   *
   * @return the table with a column {@code RATING_pred} added
   */
  public DataFrame predict(DataFrame df) {
    double[] ratings = new double[0];
    if (df.height() > 0) {
      ratings = silentPreds(dls().testDl(df)).preds().toDoubles();
    }
    Series<Double> column = Series.of(Arrays.stream(ratings).boxed().toArray(Double[]::new));
    return df.hConcat(DataFrame.byColumn(dls().data().yNames().get(0) + "_pred").of(column));
  }

  /** Returns the bias of each user or item by label: how freely or how well they are rated. */
  public Map<String, Double> bias(boolean ofItems) {
    double[] all = dot().bias(ofItems).weight().tensor().toDoubles();
    Map<String, Double> out = new LinkedHashMap<>();
    List<String> labels = labels(ofItems);
    for (int i = 0; i < labels.size(); i++) {
      out.put(labels.get(i), all[i]);
    }
    return out;
  }

  /**
   * Returns the vectors {@code [labels, factors]} of users or items.
   *
   * @throws IllegalArgumentException if a label is not known
   */
  public Tensor weight(List<String> wanted, boolean ofItems) {
    List<String> labels = labels(ofItems);
    long[] rows = new long[wanted.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = labels.indexOf(wanted.get(i));
      if (rows[i] < 0) {
        throw new IllegalArgumentException(
            "there is no %s '%s' among the training ratings"
                .formatted(dls().data().catNames().get(ofItems ? 1 : 0), wanted.get(i)));
      }
    }
    Tensor index = Tensor.of(rows, rows.length);
    return dot().weight(ofItems).weight().tensor().detach().indexSelect(0, index);
  }

  private List<String> labels(boolean ofItems) {
    return dls().data().classes().get(dls().data().catNames().get(ofItems ? 1 : 0));
  }

  private EmbeddingDotBias dot() {
    if (model() instanceof EmbeddingDotBias d) {
      return d;
    }
    throw new IllegalStateException("biases and vectors are those of an EmbeddingDotBias");
  }
}
