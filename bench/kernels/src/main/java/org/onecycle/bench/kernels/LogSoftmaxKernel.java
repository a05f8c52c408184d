package org.onecycle.bench.kernels;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/** The logarithm of a softmax over 10,000 words, for 2,240. */
public class LogSoftmaxKernel extends Kernel {
  @Override
  Tensor[] arguments() {
    return new Tensor[] {trained(2240, 10_000)};
  }

  @Override
  Tensor compute(Tensor... x) {
    return F.logSoftmax(x[0], 1);
  }
}
