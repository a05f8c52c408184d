package org.onecycle.backend;

import java.util.List;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;

/**
 * {@link RnnKernels} as few large matrix products and one fused pass a step: the inputs of all
 * steps go through one product, as do the gradients of inputs and weights.
 */
final class Nd4jRnn implements RnnKernels {
  private static MatmulKernels product() {
    return Backends.current().matmul();
  }

  private static ElementwiseKernels each() {
    return Backends.current().elementwise();
  }

  @Override
  public LstmRun lstm(Array x, Array h0, Array c0, LstmWeights w, boolean forGrad) {
    long steps = x.size(0);
    long n = x.size(1);
    long h = h0.size(1);
    DType type = x.dtype();
    try (Scope s = Scope.open()) {
      Array out = Array.empty(type, steps + 2, n, h);
      Array cells = Array.empty(type, steps + 1, n, h);
      each().copy(h0.plain(), slab(out, 0));
      each().copy(c0.plain(), slab(cells, 0));
      Array bias = each().binary(Binary.ADD, w.biasIh(), w.biasHh());
      Array gates = product().linear(x.reshape(steps * n, x.size(2)), w.ih(), bias);
      gates = gates.plain().reshape(steps, n, 4 * h);
      for (long t = 0; t < steps; t++) {
        try (Scope step = Scope.open()) {
          Array recurrent = product().matmul(slab(out, t), w.hh(), false, true);
          LstmStep.forward(
              slab(gates, t), recurrent, slab(cells, t), slab(cells, t + 1), slab(out, t + 1));
        }
      }
      each().copy(slab(cells, steps), slab(out, steps + 1));
      s.keep(out);
      if (!forGrad) {
        return new LstmRun(out, List.of());
      }
      return new LstmRun(out, List.of(s.keep(gates), s.keep(cells)));
    }
  }

  @Override
  public LstmGrads lstmGrad(Array dSteps, Array x, LstmWeights w, LstmRun run, boolean wantX) {
    long steps = x.size(0);
    long n = x.size(1);
    long in = x.size(2);
    long h = w.hh().size(1);
    DType type = x.dtype();
    Array gates = run.workspace().get(0);
    Array cells = run.workspace().get(1);
    Array d = dSteps.plain();
    try (Scope s = Scope.open()) {
      Array dz = Array.empty(type, steps, n, 4 * h);
      Array dc = Array.empty(type, n, h);
      each().copy(slab(d, steps + 1), dc);
      Array dh = null;
      for (long t = steps; t >= 1; t--) {
        LstmStep.backward(
            slab(gates, t - 1),
            slab(cells, t - 1),
            slab(cells, t),
            slab(d, t),
            dh,
            dc,
            slab(dz, t - 1));
        if (dh != null) {
          dh.release();
        }
        dh = product().matmul(slab(dz, t - 1), w.hh(), false, false);
      }
      Array rows = dz.reshape(steps * n, 4 * h);
      Array before = run.steps().view(0, steps * n, h);
      Array dx = null;
      if (wantX) {
        dx = product().matmul(rows, w.ih(), false, false).plain();
        s.keep(dx);
        dx = dx.reshape(steps, n, in);
      }
      return new LstmGrads(
          dx,
          s.keep(dh),
          s.keep(dc),
          s.keep(product().matmul(rows, x.reshape(steps * n, in), true, false)),
          s.keep(product().matmul(rows, before, true, false)),
          s.keep(Backends.current().reduce().reduce(Reduction.SUM, rows, new int[] {0}, false)));
    }
  }

  private static Array slab(Array x, long i) {
    long rows = x.size(1);
    long columns = x.size(2);
    return x.view(i * rows * columns, rows, columns);
  }
}
