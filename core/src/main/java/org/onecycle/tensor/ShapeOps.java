package org.onecycle.tensor;

import java.util.Arrays;
import java.util.Set;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Shapes;
import org.onecycle.backend.Backends;
import org.onecycle.backend.PadMode;
import org.onecycle.backend.ShapeKernels;

/** Operations that move elements, with their gradients. */
final class ShapeOps {
  private ShapeOps() {}

  private static ShapeKernels k() {
    return Backends.current().shape();
  }

  static Tensor reshape(Tensor x, long... shape) {
    Array out = x.value().reshape(shape);
    if (out == x.value()) {
      return x;
    }
    return Tape.record("reshape", out, dy -> new Array[] {dy.reshape(x.shape())}, x);
  }

  static Tensor flatten(Tensor x, int first) {
    int f = Shapes.axis(first, x.rank());
    long[] shape = Arrays.copyOf(x.shape(), f + 1);
    shape[f] = Shapes.numel(Arrays.copyOfRange(x.shape(), f, x.rank()));
    return reshape(x, shape);
  }

  static Tensor permute(Tensor x, int... axes) {
    int n = x.rank();
    int[] order = new int[axes.length];
    int[] inverse = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      order[i] = Shapes.axis(axes[i], n);
      inverse[order[i]] = i;
    }
    if (Shapes.axes(n, axes).length != n && n > 0) {
      throw new IllegalArgumentException(
          "permute expects " + n + " axes for " + x + ", got " + Arrays.toString(axes));
    }
    boolean back = x.node() != null && x.node().fn instanceof Permuted p && p.isUndoneBy(order, x);
    // Only the memory is shared: who watches a gradient on the way sees the one of that result.
    Array y = back ? x.node().inputs[0].value() : k().permute(x.value(), order);
    return Tape.record("permute", y, new Permuted(inverse, x.value().version(), y.version()), x);
  }

  /** The gradient of a permutation, which knows whether another one leads back to what it took. */
  private record Permuted(int[] inverse, long before, long after) implements Tape.GradFn {
    @Override
    public Array[] grad(Array dy) {
      return new Array[] {k().permute(dy, inverse)};
    }

    /** Returns whether the result, permuted so, is what the permutation was given. */
    boolean isUndoneBy(int[] next, Tensor result) {
      Tensor given = result.node().inputs[0];
      return given.node() != null
          && Arrays.equals(next, inverse)
          && given.value().version() == before
          && result.value().version() == after
          && !given.value().isReleased();
    }
  }

  static Tensor transpose(Tensor x, int a, int b) {
    int[] order = Shapes.axes(x.rank());
    int i = Shapes.axis(a, x.rank());
    int j = Shapes.axis(b, x.rank());
    order[i] = j;
    order[j] = i;
    return permute(x, order);
  }

  static Tensor unsqueeze(Tensor x, int axis) {
    int a = Shapes.axis(axis, x.rank() + 1);
    long[] from = x.shape();
    long[] shape = new long[from.length + 1];
    System.arraycopy(from, 0, shape, 0, a);
    shape[a] = 1;
    System.arraycopy(from, a, shape, a + 1, from.length - a);
    return reshape(x, shape);
  }

  static Tensor squeeze(Tensor x, int axis) {
    int a = Shapes.axis(axis, x.rank());
    if (x.size(a) != 1) {
      throw new IllegalArgumentException("squeeze expects size 1 on axis " + axis + ", got " + x);
    }
    return reshape(x, Shapes.reduced(x.shape(), new int[] {a}, false));
  }

  static Tensor expand(Tensor x, long... shape) {
    return Tape.record(
        "expand",
        k().broadcastTo(x.value(), shape),
        dy -> new Array[] {ElementwiseOps.unbroadcast(dy, x)},
        x);
  }

  static Tensor slice(Tensor x, int axis, long from, long to, long step) {
    int a = Shapes.axis(axis, x.rank());
    long n = x.size(a);
    if (from < 0 || to > n || from > to || step < 1) {
      throw new IllegalArgumentException(
          "slice expects 0 <= from <= to <= "
              + n
              + " and a positive step on axis "
              + axis
              + ", got "
              + from
              + ", "
              + to
              + ", "
              + step);
    }
    if (from == 0 && to == n && step == 1) {
      return x;
    }
    long[] begin = new long[x.rank()];
    long[] end = x.shape();
    long[] steps = new long[x.rank()];
    Arrays.fill(steps, 1);
    begin[a] = from;
    end[a] = to;
    steps[a] = step;
    return Tape.record(
        "slice",
        k().slice(x.value(), begin, end, steps),
        dy -> new Array[] {k().sliceGrad(dy, x.shape(), begin, end, steps)},
        x);
  }

  static Tensor select(Tensor x, int axis, long position) {
    int a = Shapes.axis(axis, x.rank());
    long p = position < 0 ? position + x.size(a) : position;
    if (p < 0 || p >= x.size(a)) {
      throw new IndexOutOfBoundsException(
          "select expects a position on axis " + axis + " of " + x + ", got " + position);
    }
    return squeeze(slice(x, a, p, p + 1, 1), a);
  }

  static Tensor cat(int axis, Tensor... xs) {
    if (xs.length == 0) {
      throw new IllegalArgumentException("cat expects at least one tensor");
    }
    int a = Shapes.axis(axis, xs[0].rank());
    DType type = xs[0].dtype();
    for (Tensor x : xs) {
      long[] expected = xs[0].shape();
      if (x.rank() == expected.length) {
        expected[a] = x.size(a);
      }
      if (!x.value().hasShape(expected)) {
        throw new IllegalArgumentException(
            "cat along axis "
                + axis
                + " expects equal shapes elsewhere, got "
                + Arrays.toString(xs[0].shape())
                + " and "
                + Arrays.toString(x.shape()));
      }
      type = DType.promote(type, x.dtype());
    }
    Array[] parts = new Array[xs.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Backends.current().elementwise().cast(xs[i].value(), type);
    }
    return Tape.record(
        "cat",
        k().concat(a, parts),
        dy -> {
          Array[] grads = new Array[xs.length];
          long from = 0;
          for (int i = 0; i < grads.length; i++) {
            long to = from + xs[i].size(a);
            if (xs[i].needsGrad()) {
              long[] begin = new long[dy.rank()];
              long[] end = dy.shape();
              long[] step = new long[dy.rank()];
              Arrays.fill(step, 1);
              begin[a] = from;
              end[a] = to;
              Array part = k().slice(dy, begin, end, step);
              grads[i] = Backends.current().elementwise().cast(part, xs[i].dtype());
            }
            from = to;
          }
          return grads;
        },
        xs);
  }

  /** Operations whose own gradient does not read their result. */
  private static final Set<String> FORGETS_RESULT =
      Set.of("pixelShuffle", "avgPool2d", "interpolateNearest", "batchNorm", "conv2d");

  static Tensor join(int axis, Tensor... xs) {
    Tensor out = cat(axis, xs);
    for (Tensor x : xs) {
      boolean forgotten = x.node() != null && FORGETS_RESULT.contains(x.node().op);
      if (forgotten && x.value().inScope() && !x.value().sharesStorage(out.value())) {
        x.value().release();
      }
    }
    return out;
  }

  static Tensor stack(int axis, Tensor... xs) {
    Tensor[] rows = new Tensor[xs.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = unsqueeze(xs[i], axis);
    }
    return cat(axis, rows);
  }

  static Tensor pad(Tensor x, PadMode mode, double value, long[]... amounts) {
    if (amounts.length != x.rank()) {
      throw new IllegalArgumentException(
          "pad expects amounts for " + x.rank() + " axes, got " + amounts.length);
    }
    for (int i = 0; i < amounts.length; i++) {
      long most = mode == PadMode.REFLECT ? x.size(i) - 1 : Long.MAX_VALUE;
      long[] p = amounts[i];
      if (p[0] < 0 || p[1] < 0 || p[0] > most || p[1] > most) {
        throw new IllegalArgumentException(
            mode + " padding of axis " + i + " of " + x + " cannot be " + Arrays.toString(p));
      }
    }
    return Tape.record(
        "pad",
        k().pad(x.value(), amounts, mode, value),
        dy -> new Array[] {k().padGrad(dy, x.shape(), amounts, mode)},
        x);
  }

  static Tensor flip(Tensor x, int... axes) {
    int[] a = Shapes.axes(x.rank(), axes);
    return Tape.record("flip", k().flip(x.value(), a), dy -> new Array[] {k().flip(dy, a)}, x);
  }
}
