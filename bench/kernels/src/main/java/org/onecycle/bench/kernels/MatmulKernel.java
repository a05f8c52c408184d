package org.onecycle.bench.kernels;

import org.onecycle.tensor.Tensor;

/** A large matrix product, 23.8 GFLOP forward. */
public class MatmulKernel extends Kernel {
  @Override
  Tensor[] arguments() {
    return new Tensor[] {trained(2240, 1152), trained(1152, 4608)};
  }

  @Override
  Tensor compute(Tensor... x) {
    return x[0].matmul(x[1]);
  }
}
