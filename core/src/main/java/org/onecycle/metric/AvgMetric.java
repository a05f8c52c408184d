package org.onecycle.metric;

import java.util.function.DoubleUnaryOperator;

/** The mean of a number that each batch gives, weighted by the batches' sizes. */
public final class AvgMetric implements Metric {
  private final String name;
  private final BatchFunction function;
  private final DoubleUnaryOperator finish;
  private final WeightedMean mean = new WeightedMean();

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
    mean.reset();
  }

  @Override
  public void accumulate(BatchResult batch) {
    mean.add(function.apply(batch.pred(), batch.target()), batch.size());
  }

  @Override
  public double value() {
    return finish.applyAsDouble(mean.value());
  }
}
