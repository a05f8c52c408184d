package org.onecycle.bench.kernels;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/** A small linear layer with ReLU: what is spent on calls, not on computing. */
public class TinyKernel extends Kernel {
  @Override
  Tensor[] arguments() {
    return new Tensor[] {random(64, 32), trained(16, 32), trained(16)};
  }

  @Override
  Tensor compute(Tensor... x) {
    return F.linear(x[0], x[1], x[2]).relu();
  }
}
