package org.onecycle.backend;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.any.Assign;
import org.nd4j.linalg.factory.Nd4j;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;
import org.onecycle.array.Shapes;

/** {@link ShapeKernels} on any ND4J device. */
final class Nd4jShape implements ShapeKernels {

  @Override
  public Array permute(Array x, int[] axes) {
    long[] from = x.shape();
    long[] shape = new long[from.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = from[axes[i]];
    }
    Array out = Array.empty(x.dtype(), shape);
    if (out.numel() > 0) {
      Nd4j.exec(new Assign(x.nd().permute(axes), out.nd()));
    }
    return out;
  }

  @Override
  public Array broadcastTo(Array x, long[] shape) {
    if (x.hasShape(shape)) {
      return x;
    }
    if (!Arrays.equals(Shapes.broadcast(x.shape(), shape), shape)) {
      throw new IllegalArgumentException(x + " does not broadcast to " + Arrays.toString(shape));
    }
    Array out = Array.empty(x.dtype(), shape);
    FloatBuffer one = x.numel() == 1 ? x.floats() : null;
    if (one != null) {
      Backends.current().elementwise().fill(out, one.get(0));
      return out;
    }
    if (out.numel() == 0) {
      return out;
    }
    // A view whose repeated axes have stride 0 reads each element as often as needed.
    int pad = shape.length - x.rank();
    long[] own = Shapes.strides(x.shape());
    long[] strides = new long[shape.length];
    for (int i = pad; i < shape.length; i++) {
      strides[i] = x.size(i - pad) == 1 ? 0 : own[i - pad];
    }
    INDArray nd = x.nd();
    INDArray repeated =
        Nd4j.create(nd.data(), shape.clone(), strides, nd.offset(), 'c', x.dtype().nd4j());
    Nd4j.exec(new Assign(repeated, out.nd()));
    return out;
  }

  @Override
  public Array slice(Array x, long[] begin, long[] end, long[] step) {
    long[] shape = new long[begin.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = Math.max(0, (end[i] - begin[i] + step[i] - 1) / step[i]);
    }
    Array out = Array.empty(x.dtype(), shape);
    if (out.numel() > 0) {
      Nd4j.exec(new Assign(window(x.nd(), begin, step, shape), out.nd()));
    }
    return out;
  }

  @Override
  public Array sliceGrad(Array dy, long[] shape, long[] begin, long[] end, long[] step) {
    Array out = Array.empty(dy.dtype(), shape);
    Backends.current().elementwise().fill(out, 0);
    if (dy.numel() > 0) {
      Nd4j.exec(new Assign(dy.nd(), window(out.nd(), begin, step, dy.shape())));
    }
    return out;
  }

  /** Returns the strided part of an array as a view. */
  private static INDArray window(INDArray x, long[] begin, long[] step, long[] shape) {
    long[] strides = new long[shape.length];
    long offset = x.offset();
    for (int i = 0; i < shape.length; i++) {
      strides[i] = x.stride(i) * step[i];
      offset += x.stride(i) * begin[i];
    }
    return Nd4j.create(x.data(), shape, strides, offset, 'c', x.dataType());
  }

  @Override
  public Array concat(int axis, Array... xs) {
    long[] shape = xs[0].shape();
    shape[axis] = 0;
    for (Array x : xs) {
      shape[axis] += x.size(axis);
    }
    Array out = Array.empty(xs[0].dtype(), shape);
    if (out.numel() == 0) {
      return out;
    }
    Array[] filled = Arrays.stream(xs).filter(x -> x.numel() > 0).toArray(Array[]::new);
    if (filled.length == 1) {
      Backends.current().elementwise().copy(filled[0], out);
      return out;
    }
    return NativeOp.of("concat", axis).run(out, filled);
  }

  @Override
  public Array pad(Array x, long[][] amounts, PadMode mode, double value) {
    long[] shape = x.shape();
    for (int i = 0; i < shape.length; i++) {
      shape[i] += amounts[i][0] + amounts[i][1];
    }
    if (mode == PadMode.CONSTANT) {
      Array out = Array.empty(x.dtype(), shape);
      Backends.current().elementwise().fill(out, value);
      if (x.numel() > 0) {
        Nd4j.exec(new Assign(x.nd(), inner(out, amounts, x.shape())));
      }
      return out;
    }
    try (Scope s = Scope.open()) {
      Array y = x;
      for (int axis = 0; axis < amounts.length; axis++) {
        if (amounts[axis][0] + amounts[axis][1] > 0) {
          y = Backends.current().gather().take(y, axis, sources(x, axis, amounts[axis], mode));
        }
      }
      return s.keep(y);
    }
  }

  @Override
  public Array padGrad(Array dy, long[] shape, long[][] amounts, PadMode mode) {
    if (mode == PadMode.CONSTANT) {
      Array out = Array.empty(dy.dtype(), shape);
      if (out.numel() > 0) {
        Nd4j.exec(new Assign(inner(dy, amounts, shape), out.nd()));
      }
      return out;
    }
    try (Scope s = Scope.open()) {
      Array d = dy;
      long[] current = dy.shape();
      Array unpadded = Array.empty(dy.dtype(), shape);
      for (int axis = amounts.length - 1; axis >= 0; axis--) {
        if (amounts[axis][0] + amounts[axis][1] > 0) {
          current[axis] = shape[axis];
          Array from = sources(unpadded, axis, amounts[axis], mode);
          d = Backends.current().gather().takeGrad(d, current.clone(), axis, from);
        }
      }
      return s.keep(d);
    }
  }

  private static INDArray inner(Array padded, long[][] amounts, long[] shape) {
    long[] begin = new long[shape.length];
    long[] step = new long[shape.length];
    for (int i = 0; i < begin.length; i++) {
      begin[i] = amounts[i][0];
      step[i] = 1;
    }
    return window(padded.nd(), begin, step, shape.clone());
  }

  /** Returns for every cell of the padded axis the cell that it repeats. */
  private static Array sources(Array x, int axis, long[] amount, PadMode mode) {
    long n = x.size(axis);
    long[] from = new long[Math.toIntExact(n + amount[0] + amount[1])];
    for (int i = 0; i < from.length; i++) {
      long at = i - amount[0];
      if (mode == PadMode.REPLICATE) {
        from[i] = Math.max(0, Math.min(n - 1, at));
      } else {
        long mirrored = at < 0 ? -at : at;
        from[i] = mirrored < n ? mirrored : 2 * (n - 1) - mirrored;
      }
    }
    Array out = Array.empty(DType.INT64, from.length);
    Host.put(from, out);
    return out;
  }

  @Override
  public Array flip(Array x, int[] axes) {
    Array out = Array.empty(x.dtype(), x.shape());
    if (out.numel() == 0) {
      return out;
    }
    long[] dims = Arrays.stream(axes).mapToLong(a -> a).toArray();
    return NativeOp.of("reverse", dims).run(out, x);
  }
}
