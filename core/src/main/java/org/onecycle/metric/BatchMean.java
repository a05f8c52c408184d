package org.onecycle.metric;

import java.util.function.DoubleUnaryOperator;

/** The mean of a number a batch, weighted by the batches' sizes; NaN before the first. */
abstract sealed class BatchMean implements Metric permits AvgLoss, AvgMetric {
  private final String name;
  private final DoubleUnaryOperator finish;
  private double total;
  private long count;

  BatchMean(String name, DoubleUnaryOperator finish) {
    this.name = name;
    this.finish = finish;
  }

  abstract double of(BatchResult batch);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void reset() {
    total = 0;
    count = 0;
  }

  @Override
  public final void accumulate(BatchResult batch) {
    total += of(batch) * batch.size();
    count += batch.size();
  }

  @Override
  public final double value() {
    return count == 0 ? Double.NaN : finish.applyAsDouble(total / count);
  }
}
