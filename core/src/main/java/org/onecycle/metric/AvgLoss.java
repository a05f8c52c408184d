package org.onecycle.metric;

import java.util.function.DoubleUnaryOperator;

/** The mean loss, weighted by the batches' sizes. */
public final class AvgLoss implements Metric {
  private final String name;
  private final DoubleUnaryOperator finish;
  private final WeightedMean mean = new WeightedMean();

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
    mean.reset();
  }

  @Override
  public void accumulate(BatchResult batch) {
    mean.add(batch.loss(), batch.size());
  }

  @Override
  public double value() {
    return finish.applyAsDouble(mean.value());
  }
}
