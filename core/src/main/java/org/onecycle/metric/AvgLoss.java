package org.onecycle.metric;

import java.util.function.DoubleUnaryOperator;

/** The mean loss, weighted by the batches' sizes. */
public final class AvgLoss extends BatchMean {
  /** Makes the mean loss. */
  public AvgLoss() {
    this("loss", DoubleUnaryOperator.identity());
  }

  AvgLoss(String name, DoubleUnaryOperator finish) {
    super(name, finish);
  }

  @Override
  double of(BatchResult batch) {
    return batch.loss();
  }
}
