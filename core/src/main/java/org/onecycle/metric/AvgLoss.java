package org.onecycle.metric;

import java.util.function.DoubleUnaryOperator;

/** The mean loss, weighted by the batches' sizes. */
public final class AvgLoss implements Metric {
  private final String name;
  private final DoubleUnaryOperator finish;
  private double total;
  private long count;

  /** Makes the mean loss. */
  public AvgLoss() {
    this("loss", DoubleUnaryOperator.identity());
  }

  AvgLoss(String name, DoubleUnaryOperator finish) {
    this.name = name;
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
    total += batch.loss() * batch.size();
    count += batch.size();
  }

  @Override
  public double value() {
    return count == 0 ? Double.NaN : finish.applyAsDouble(total / count);
  }
}
