package org.onecycle.metric;

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

  /** Returns the exponential of the mean loss, which must be a cross entropy. */
  public static Metric perplexity() {
    return new AvgLoss("perplexity", Math::exp);
  }
}
