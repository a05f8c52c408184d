package org.onecycle.tensor;

import org.onecycle.array.Array;
import org.onecycle.array.Shapes;
import org.onecycle.backend.Backends;
import org.onecycle.backend.Binary;
import org.onecycle.backend.ElementwiseKernels;
import org.onecycle.backend.Reduction;

/** Reductions along axes, with their gradients. */
final class ReduceOps {
  private ReduceOps() {}

  private static ElementwiseKernels k() {
    return Backends.current().elementwise();
  }

  static Tensor reduce(Tensor x, Reduction op, boolean keepDims, int... axes) {
    return switch (op) {
      case SUM -> sum(x, keepDims, axes);
      case MEAN -> mean(x, keepDims, axes);
      case MAX, MIN -> extreme(x, op, keepDims, axes);
      case PROD -> product(x, keepDims, axes);
    };
  }

  static Tensor sum(Tensor x, boolean keepDims, int... axes) {
    int[] a = Shapes.axes(x.rank(), axes);
    Array out = Backends.current().reduce().reduce(Reduction.SUM, x.value(), a, keepDims);
    return Tape.record("sum", out, dy -> new Array[] {spread(dy, x, a)}, x);
  }

  static Tensor mean(Tensor x, boolean keepDims, int... axes) {
    int[] a = Shapes.axes(x.rank(), axes);
    Array out = Backends.current().reduce().reduce(Reduction.MEAN, x.value(), a, keepDims);
    double n = (double) x.numel() / Math.max(1, out.numel());
    return Tape.record(
        "mean", out, dy -> new Array[] {spread(k().binary(Binary.DIV, dy, n), x, a)}, x);
  }

  /** The gradient is shared evenly among equal extremes, as PyTorch's amax. */
  static Tensor extreme(Tensor x, Reduction op, boolean keepDims, int... axes) {
    int[] a = Shapes.axes(x.rank(), axes);
    Array out = Backends.current().reduce().reduce(op, x.value(), a, keepDims);
    return Tape.record(
        op == Reduction.MAX ? "max" : "min",
        out,
        dy -> {
          Array best = out.reshape(Shapes.reduced(x.shape(), a, true));
          Array hit = k().cast(k().binary(Binary.EQ, x.value(), best), dy.dtype());
          Array count = Backends.current().reduce().reduce(Reduction.SUM, hit, a, true);
          Array share = k().binary(Binary.DIV, dy.reshape(count.shape()), count);
          return new Array[] {k().binary(Binary.MUL, hit, share)};
        },
        x);
  }

  private static Tensor product(Tensor x, boolean keepDims, int... axes) {
    int[] a = Shapes.axes(x.rank(), axes);
    Array out = Backends.current().reduce().reduce(Reduction.PROD, x.value(), a, keepDims);
    return Tape.record(
        "prod",
        out,
        dy -> {
          Array rest = out.reshape(Shapes.reduced(x.shape(), a, true));
          Array g = k().binary(Binary.MUL, dy.reshape(rest.shape()), rest);
          return new Array[] {k().binary(Binary.DIV, g, x.value())};
        },
        x);
  }

  static Tensor variance(Tensor x, int correction, int... axes) {
    int[] a = Shapes.axes(x.rank(), axes);
    Tensor centred = x.sub(mean(x, true, a));
    Tensor total = centred.square().sum(a);
    double n = (double) x.numel() / Math.max(1, total.numel());
    return total.div(n - correction);
  }

  private static Array spread(Array dy, Tensor x, int[] axes) {
    Array d = dy.reshape(Shapes.reduced(x.shape(), axes, true));
    return k().cast(Backends.current().shape().broadcastTo(d, x.shape()), x.dtype());
  }
}
