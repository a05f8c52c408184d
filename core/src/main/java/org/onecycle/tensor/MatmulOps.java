package org.onecycle.tensor;

import org.onecycle.array.Array;
import org.onecycle.backend.Backends;
import org.onecycle.backend.MatmulKernels;

/** Matrix products, with their gradients. */
final class MatmulOps {
  private MatmulOps() {}

  private static MatmulKernels k() {
    return Backends.current().matmul();
  }

  static Tensor matmul(Tensor a, Tensor b) {
    if (a.rank() == 0 || b.rank() == 0) {
      throw new IllegalArgumentException("matmul expects axes, got " + a + " and " + b);
    }
    if (a.rank() == 1) {
      return matmul(a.unsqueeze(0), b).squeeze(b.rank() == 1 ? 0 : -2);
    }
    if (b.rank() == 1) {
      return matmul(a, b.unsqueeze(1)).squeeze(-1);
    }
    return Tape.record(
        "matmul",
        k().matmul(a.value(), b.value(), false, false),
        dy ->
            new Array[] {
              a.needsGrad()
                  ? ElementwiseOps.unbroadcast(k().matmul(dy, b.value(), false, true), a)
                  : null,
              b.needsGrad() ? gradB(a, b, dy) : null
            },
        a,
        b);
  }

  private static Array gradB(Tensor a, Tensor b, Array dy) {
    if (b.rank() == 2) {
      // One product over all rows, instead of one a batch and a sum.
      Array rows = a.value().reshape(-1, a.size(-1));
      return cast(k().matmul(rows, dy.reshape(-1, dy.size(-1)), true, false), b);
    }
    return ElementwiseOps.unbroadcast(k().matmul(a.value(), dy, true, false), b);
  }

  private static Array cast(Array grad, Tensor of) {
    return Backends.current().elementwise().cast(grad, of.dtype());
  }

  /**
   * {@code x w^T + b} with {@code x [.., in]}, {@code w [out, in]}, {@code b [out]} or null, and
   * its ReLU.
   */
  static Tensor linear(Tensor x, Tensor w, Tensor b, boolean relu) {
    long in = x.size(-1);
    Array rows = x.value().reshape(-1, in);
    long[] shape = x.shape();
    shape[shape.length - 1] = w.size(0);
    Array bias = b == null ? null : b.value();
    Array y = relu ? k().linearRelu(rows, w.value(), bias) : k().linear(rows, w.value(), bias);
    Tape.OverGradFn grad =
        (dy, own) -> {
          Array d = dy.reshape(-1, w.size(0));
          if (relu) {
            d = Backends.current().elementwise().reluGrad(y, d, own);
          }
          Array dx =
              x.needsGrad() ? k().matmul(d, w.value(), false, false).reshape(x.shape()) : null;
          Array dw = w.needsGrad() ? cast(k().matmul(d, rows, true, false), w) : null;
          Array db = b != null && b.needsGrad() ? ElementwiseOps.unbroadcast(d, b) : null;
          return b == null ? new Array[] {dx, dw} : new Array[] {dx, dw, db};
        };
    String op = relu ? "linearRelu" : "linear";
    Array out = y.reshape(shape);
    return b == null
        ? Tape.recordOver(op, out, grad, x, w)
        : Tape.recordOver(op, out, grad, x, w, b);
  }
}
