package org.onecycle.metric;

import java.util.function.DoubleUnaryOperator;

/** The mean of a number that each batch gives, weighted by the batches' sizes. */
public final class AvgMetric extends BatchMean {
  private final BatchFunction function;

  /** Makes the mean of a function. */
  public AvgMetric(String name, BatchFunction function) {
    this(name, function, DoubleUnaryOperator.identity());
  }

  /**
   * Makes a function of a mean, such as the root of a mean square.
   *
   * @param finish applied once, to the mean over all batches
   */
  public AvgMetric(String name, BatchFunction function, DoubleUnaryOperator finish) {
    super(name, finish);
    this.function = function;
  }

  @Override
  double of(BatchResult batch) {
    return function.apply(batch.pred(), batch.target());
  }
}
