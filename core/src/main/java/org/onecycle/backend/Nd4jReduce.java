package org.onecycle.backend;

import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Shapes;

/** {@link ReduceKernels} on any ND4J device. */
final class Nd4jReduce implements ReduceKernels {

  @Override
  public Array reduce(Reduction op, Array x, int[] axes, boolean keepDims) {
    Array in = input(op, x);
    long[] shape = Shapes.reduced(in.shape(), axes, keepDims);
    Array out = Array.empty(in.dtype(), shape);
    if (in.numel() == 0) {
      if (op == Reduction.MAX || op == Reduction.MIN) {
        throw new IllegalArgumentException("An empty array has no " + op + ": " + x);
      }
      double of = op == Reduction.PROD ? 1 : op == Reduction.MEAN ? Double.NaN : 0;
      Backends.current().elementwise().fill(out, of);
      return out;
    }
    if (axes.length == 0) {
      Backends.current().elementwise().copy(in, out);
      return out;
    }
    long[] dims = new long[axes.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = axes[i];
    }
    return NativeOp.of("reduce_" + op.name().toLowerCase(java.util.Locale.ROOT), dims)
        .booleans(keepDims)
        .run(out, in);
  }

  /** Sums of small integers would overflow and their means be cut off: widen them first. */
  private static Array input(Reduction op, Array x) {
    if (x.dtype().isFloating()) {
      return x;
    }
    ElementwiseKernels elementwise = Backends.current().elementwise();
    return switch (op) {
      case SUM, PROD -> elementwise.cast(x, DType.INT64);
      case MEAN -> elementwise.cast(x, DType.FLOAT);
      case MAX, MIN -> x.dtype() == DType.BOOL ? elementwise.cast(x, DType.INT64) : x;
    };
  }

  @Override
  public Array argMax(Array x, int axis) {
    return arg("argmax", x, axis);
  }

  @Override
  public Array argMin(Array x, int axis) {
    return arg("argmin", x, axis);
  }

  private static Array arg(String name, Array x, int axis) {
    if (x.size(axis) == 0) {
      throw new IllegalArgumentException("Axis " + axis + " of " + x + " is empty: no " + name);
    }
    Array out = Array.empty(DType.INT64, Shapes.reduced(x.shape(), new int[] {axis}, false));
    return out.numel() == 0 ? out : NativeOp.of(name, axis).booleans(false).run(out, x);
  }
}
