package org.onecycle.bench.kernels;

import org.onecycle.nn.BatchNorm2d;
import org.onecycle.tensor.Tensor;

/** Batch norm in training, {@code [8, 64, 56, 56]}. */
public class BatchNormKernel extends Kernel {
  private static final int CHANNELS = 64;

  private final BatchNorm2d norm = new BatchNorm2d(CHANNELS);

  @Override
  Tensor[] arguments() {
    return new Tensor[] {trained(8, CHANNELS, 56, 56)};
  }

  @Override
  Tensor compute(Tensor... x) {
    norm.parameters().forEach(p -> p.zeroGrad());
    return norm.call(x);
  }
}
