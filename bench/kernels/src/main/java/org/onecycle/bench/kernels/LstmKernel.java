package org.onecycle.bench.kernels;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/** An LSTM from 400 to 1152 over 70 steps of 32 rows: 32 GFLOP forward. */
public class LstmKernel extends Kernel {
  private static final int STEPS = 70;
  private static final int ROWS = 32;
  private static final int IN = 400;
  private static final int HIDDEN = 1152;
  private static final int GATES = 4 * HIDDEN;

  @Override
  Tensor[] arguments() {
    return new Tensor[] {
      trained(STEPS, ROWS, IN),
      random(ROWS, HIDDEN),
      random(ROWS, HIDDEN),
      small(GATES, IN),
      small(GATES, HIDDEN),
      small(GATES),
      small(GATES)
    };
  }

  private Tensor small(long... shape) {
    return random(shape).mul(1 / Math.sqrt(HIDDEN)).requiresGrad(true);
  }

  @Override
  Tensor compute(Tensor... x) {
    return F.lstm(x[0], x[1], x[2], x[3], x[4], x[5], x[6]).output();
  }
}
