package org.onecycle.bench.ours;

import org.onecycle.array.Scope;
import org.onecycle.bench.work.Pace;
import org.onecycle.bench.work.Work;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/** A matrix product that fits the cache: what the machine can compute in a second at most. */
final class Peak implements Work {
  private final int[] size;

  /** Takes rows, common size and columns. */
  Peak(int[] size) {
    this.size = size;
  }

  @Override
  public int items() {
    return 1;
  }

  @Override
  public double flops() {
    return 2.0 * size[0] * size[1] * size[2];
  }

  @Override
  public void run(Pace pace) {
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      Tensor a = Tensor.randn(new Rng(1), size[0], size[1]);
      Tensor b = Tensor.randn(new Rng(2), size[1], size[2]);
      boolean more = true;
      while (more) {
        try (Scope step = Scope.open()) {
          a.matmul(b);
        }
        more = pace.next(Double.NaN);
      }
    }
  }
}
