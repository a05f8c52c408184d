package org.onecycle.metric;

/**
 * The exponentially weighted mean of the batches' losses, without the bias of its start: {@code v =
 * beta v + (1 - beta) loss}, shown as {@code v / (1 - beta^n)} after n batches.
 */
public final class AvgSmoothLoss implements Metric {
  /** How much of the mean stays from batch to batch, unless said otherwise. */
  public static final double DEFAULT_BETA = 0.98;

  private final double beta;
  private double mean;
  private long count;

  /** Makes the mean with the default {@value #DEFAULT_BETA}. */
  public AvgSmoothLoss() {
    this(DEFAULT_BETA);
  }

  /** Makes the mean of which {@code beta} stays from batch to batch. */
  public AvgSmoothLoss(double beta) {
    this.beta = beta;
  }

  @Override
  public String name() {
    return "loss";
  }

  @Override
  public void reset() {
    mean = 0;
    count = 0;
  }

  @Override
  public void accumulate(BatchResult batch) {
    accumulate(batch.loss());
  }

  void accumulate(double loss) {
    mean = beta * mean + (1 - beta) * loss;
    count++;
  }

  @Override
  public double value() {
    return count == 0 ? Double.NaN : mean / (1 - Math.pow(beta, count));
  }
}
