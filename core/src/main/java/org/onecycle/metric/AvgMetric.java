package org.onecycle.metric;

import java.util.function.DoubleUnaryOperator;

/** The mean of a number that each batch gives, weighted by the batches' sizes. */
public final class AvgMetric implements Metric {
  private final String name;
  private final BatchFunction function;
  private final DoubleUnaryOperator finish;
  private double total;
  private long count;

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
    this.name = name;
    this.function = function;
    this.finish = finish;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void reset() {
    total = 0;
    count = 0;
  }

  @Override
  public void accumulate(BatchResult batch) {
    total += function.apply(batch.pred(), batch.target()) * batch.size();
    count += batch.size();
  }

  @Override
  public double value() {
    return count == 0 ? Double.NaN : finish.applyAsDouble(total / count);
  }
}
