package org.onecycle.metric;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * The known metrics.
 *
 * <pre>{@code
 * Learner learn = Learner.of(dls, model).metrics(accuracy(), topKAccuracy(5)).build();
 * }</pre>
 *
 * <p>Every call makes a metric of its own, which counts for one learner.
 */
public final class Metrics {
  private static final double THRESHOLD = 0.5;

  private Metrics() {}

  /** Returns the share of right classes; classes are on the last axis. */
  public static Metric accuracy() {
    return accuracy(-1);
  }

  /** Returns the share of right classes; classes are on the axis, as 1 in {@code [N, C, H, W]}. */
  public static Metric accuracy(int axis) {
    return new AvgMetric("accuracy", (p, t) -> Classes.share(p, t, axis));
  }

  /** Returns the share of wrong classes; classes are on the last axis. */
  public static Metric errorRate() {
    return new AvgMetric("error_rate", (p, t) -> 1 - Classes.share(p, t, -1));
  }

  /** Returns the share of items whose class is among the k most likely ones. */
  public static Metric topKAccuracy(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("topKAccuracy expects at least 1, got " + k);
    }
    return new AvgMetric("top_k_accuracy", (p, t) -> Classes.topK(p, t, k));
  }

  /** Returns the share of right labels where an item has any number: a sigmoid above .5 is one. */
  public static Metric accuracyMulti() {
    return accuracyMulti(THRESHOLD, true);
  }

  /**
   * Returns the share of right labels where an item has any number.
   *
   * @param threshold what a label's value must exceed
   * @param sigmoid whether predictions go through a sigmoid first
   */
  public static Metric accuracyMulti(double threshold, boolean sigmoid) {
    return new AvgMetric(
        "accuracy_multi", (p, t) -> Classes.multi(sigmoid ? p.sigmoid() : p, t, threshold));
  }

  /** Returns the mean squared error. */
  public static Metric mse() {
    return new AvgMetric("mse", Differences::square);
  }

  /** Returns the mean absolute error. */
  public static Metric mae() {
    return new AvgMetric("mae", Differences::absolute);
  }

  /** Returns the mean squared difference of {@code log(1 + x)}. */
  public static Metric msle() {
    return new AvgMetric("msle", Differences::squareLog);
  }

  /** Returns the root of the mean squared error of the whole epoch. */
  public static Metric rmse() {
    return new AvgMetric("rmse", Differences::square, Math::sqrt);
  }

  /** Returns the root of the mean squared relative error of {@code exp(x)}, of the whole epoch. */
  public static Metric expRmspe() {
    return new AvgMetric("exp_rmspe", Differences::relativeExp, Math::sqrt);
  }

  /**
   * Returns the share of right pixels among those that are not background, over the whole epoch;
   * classes are on axis 1, as in {@code [N, C, H, W]}.
   *
   * @param background the class that does not count, such as CamVid's void
   */
  public static Metric foregroundAcc(int background) {
    return new Overlap("foreground_acc", 1, o -> o.accuracyWithout(background));
  }

  /**
   * Returns {@code 2 I / (P + T)} of class 1 of two, pixels over the whole epoch: those predicted
   * (P), true (T) and both (I); classes are on axis 1.
   */
  public static Metric dice() {
    return new Overlap("dice", 1, o -> o.dice(1));
  }

  /** Returns the mean of {@link #dice} over the classes that occur; classes are on axis 1. */
  public static Metric diceMulti() {
    return new Overlap("dice_multi", 1, o -> o.mean(o::dice));
  }

  /**
   * Returns {@code I / (P + T - I)} of class 1 of two, as in {@link #dice}; classes are on axis 1.
   */
  public static Metric jaccardCoeff() {
    return new Overlap("jaccard_coeff", 1, o -> o.jaccard(1));
  }

  /** Returns the mean of {@link #jaccardCoeff} over the classes that occur. */
  public static Metric jaccardCoeffMulti() {
    return new Overlap("jaccard_coeff_multi", 1, o -> o.mean(o::jaccard));
  }

  /** Returns the exponential of the mean loss, which must be a cross entropy. */
  public static Metric perplexity() {
    return new AvgLoss("perplexity", Math::exp);
  }

  // ---- over the whole epoch, not the mean of its batches

  /** Returns how many predicted positives are true; classes are on the last axis. */
  public static Metric precision(Average average) {
    return new ClassCounts(
        "precision_score", ClassCounts.mostLikely(), c -> average.of(c, Average::precision));
  }

  /** Returns how many true positives were found; classes are on the last axis. */
  public static Metric recall(Average average) {
    return new ClassCounts(
        "recall_score", ClassCounts.mostLikely(), c -> average.of(c, Average::recall));
  }

  /** Returns the harmonic mean of precision and recall of class 1 of two. */
  public static Metric f1Score() {
    return f1Score(Average.BINARY);
  }

  /** Returns the harmonic mean of precision and recall; classes are on the last axis. */
  public static Metric f1Score(Average average) {
    return new ClassCounts(
        "f1_score", ClassCounts.mostLikely(), c -> average.of(c, n -> Average.fBeta(n, 1)));
  }

  /** Returns the mean of precision and recall in which recall counts {@code beta} times as much. */
  public static Metric fBeta(double beta, Average average) {
    return new ClassCounts(
        "fbeta_score", ClassCounts.mostLikely(), c -> average.of(c, n -> Average.fBeta(n, beta)));
  }

  /**
   * Returns the mean F1 of labels of which an item has any number: those that reach the threshold.
   */
  public static Metric f1ScoreMulti(double threshold, boolean sigmoid, Average average) {
    return new ClassCounts(
        "f1_score",
        ClassCounts.labels(threshold, sigmoid),
        c -> average.of(c, n -> Average.fBeta(n, 1)));
  }

  /** Returns the coefficient of determination, {@code 1 - sum (t - p)^2 / sum (t - mean t)^2}. */
  public static Metric r2Score() {
    return new Pooled(
        "r2_score",
        Tensor::toDoubles,
        (p, t, width) -> {
          if (width != 1) {
            throw new IllegalArgumentException(
                "r2_score expects one prediction a target, got " + width);
          }
          return Pooled.r2(p, t, width);
        });
  }

  /**
   * Returns the area under the ROC curve: how often a positive item has a higher probability than a
   * negative one. Predictions are {@code [N, 2]}.
   */
  public static Metric rocAucBinary() {
    return new Pooled(
        "roc_auc_score",
        pred -> {
          if (pred.size(-1) != 2) {
            throw new IllegalArgumentException("rocAucBinary expects [*, 2], got " + pred);
          }
          // The softmax of two logits grows with their difference.
          return pred.select(pred.rank() - 1, 1).sub(pred.select(pred.rank() - 1, 0)).toDoubles();
        },
        Pooled::rocAucBinary);
  }

  /** Returns the mean area under the ROC curves of each class against the rest, {@code [N, C]}. */
  public static Metric rocAuc() {
    return new Pooled(
        "roc_auc_score", pred -> F.softmax(pred, -1).toDoubles(), Pooled::rocAucMulti);
  }
}
