package org.onecycle.backend;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.LongPointer;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;

/**
 * Joining, cutting and turning arrays as oneDNN's reorders between parts of them, in whatever
 * layout they lie.
 */
final class OneDnnShape implements ShapeKernels {
  private static final int MAX_RANK = 6;
  private static final int[] TO_FRONT = {0, 3, 1, 2};

  private final ShapeKernels portable;

  OneDnnShape(ShapeKernels portable) {
    this.portable = portable;
  }

  private static boolean fits(Array x) {
    return OneDnnLayout.has(x.dtype()) && x.numel() > 0 && x.rank() > 0 && x.rank() <= MAX_RANK;
  }

  /** A block of an array: from the offset on, as many as the sizes say. */
  private record Part(OneDnnLayout of, List<Long> offset, List<Long> size) {
    static Part of(OneDnnLayout layout, long[] offset, long[] size) {
      return new Part(layout, box(offset), box(size));
    }

    static Part whole(OneDnnLayout layout) {
      return of(layout, new long[layout.shape.length], layout.shape);
    }

    memory.desc desc() {
      return of.desc.submemory_desc(unbox(size), unbox(offset));
    }

    private static List<Long> box(long[] v) {
      return Arrays.stream(v).boxed().toList();
    }

    private static long[] unbox(List<Long> v) {
      return v.stream().mapToLong(Long::longValue).toArray();
    }
  }

  /** Copies one block of an array to one of another. */
  private static void move(Array from, Part read, Array to, Part written) {
    OneDnnCall.cached(() -> OneDnnCall.copying(read.desc(), written.desc()), "move", read, written)
        .run(from, to);
  }

  @Override
  public Array concat(int axis, Array... xs) {
    DType dtype = xs[0].dtype();
    if (!Arrays.stream(xs).allMatch(x -> fits(x) && x.dtype() == dtype)) {
      return portable.concat(axis, xs);
    }
    long[] shape = xs[0].shape();
    shape[axis] = Arrays.stream(xs).mapToLong(x -> x.size(axis)).sum();
    OneDnnLayout layout = OneDnnLayout.plain(dtype, shape);
    for (Array x : xs) {
      if (x.layout() != null) {
        layout = OneDnnLayout.like(OneDnnLayout.of(x), shape);
      }
    }
    if (axis == 1 && !layout.plain) {
      long block = layout.block();
      // Only the last one may leave a block unfilled: all others must end where one ends.
      for (Array x : Arrays.copyOf(xs, xs.length - 1)) {
        layout = x.size(1) % block == 0 ? layout : OneDnnLayout.plain(dtype, shape);
      }
    }
    Array out = layout.allocate(shape);
    long[] at = new long[shape.length];
    for (Array x : xs) {
      move(x, Part.whole(OneDnnLayout.of(x)), out, Part.of(layout, at, x.shape()));
      at[axis] += x.size(axis);
    }
    return out;
  }

  @Override
  public Array slice(Array x, long[] begin, long[] end, long[] step) {
    long[] shape = new long[begin.length];
    Arrays.setAll(shape, i -> end[i] - begin[i]);
    if (!fits(x)
        || Arrays.stream(step).anyMatch(s -> s != 1)
        || Arrays.stream(shape).anyMatch(s -> s <= 0)) {
      return portable.slice(x, begin, end, step);
    }
    OneDnnLayout from = OneDnnLayout.of(x);
    boolean filled = shape.length > 1 && shape[1] % from.block() == 0;
    boolean blocks =
        from.plain || (begin[1] % from.block() == 0 && (filled || end[1] == x.size(1)));
    if (!blocks) {
      x.plain();
      from = OneDnnLayout.of(x);
    }
    OneDnnLayout to =
        filled ? OneDnnLayout.like(from, shape) : OneDnnLayout.plain(x.dtype(), shape);
    Array out = to.allocate(shape);
    move(x, Part.of(from, begin, shape), out, Part.whole(to));
    return out;
  }

  @Override
  public Array permute(Array x, int[] axes) {
    if (!fits(x)) {
      return portable.permute(x, axes);
    }
    long[] shape = new long[axes.length];
    int[] target = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      shape[i] = x.size(axes[i]);
      target[axes[i]] = i;
    }
    OneDnnLayout from = OneDnnLayout.of(x);
    // Channels that stood last and are called the second axis again need not move.
    OneDnnLayout to =
        from.plain && Arrays.equals(axes, TO_FRONT)
            ? OneDnnLayout.of(OneDnnLayout.channelsLast(x.dtype(), shape), shape)
            : OneDnnLayout.plain(x.dtype(), shape);
    Array out = to.allocate(shape);
    OneDnnCall.cached(
            () -> OneDnnCall.copying(from.desc.permute_axes(target), to.desc),
            "permute",
            from,
            Arrays.stream(axes).boxed().toList())
        .run(x, out);
    return out;
  }

  /** Returns a layout without blocks for an array that comes in this one. */
  private static OneDnnLayout unblocked(OneDnnLayout like, long... shape) {
    return like.plain
        ? OneDnnLayout.plain(like.dtype, shape)
        : OneDnnLayout.of(OneDnnLayout.channelsLast(like.dtype, shape), shape);
  }

  /** Pictures as {@code [N, C, r, r, H, W]}: those of {@code [N, C r r, H, W]}. */
  private static memory.desc deep(OneDnnLayout layout, int r) {
    long[] s = layout.shape;
    LongPointer by = layout.desc.get_strides();
    long c = by.get(1);
    return new memory.desc(
        new long[] {s[0], s[1] / r / r, r, r, s[2], s[3]},
        OneDnnLayout.type(layout.dtype),
        new long[] {by.get(0), c * r * r, c * r, c, by.get(2), by.get(3)});
  }

  /** Pictures as {@code [N, C, r, r, H, W]}: those of {@code [N, C, H r, W r]}. */
  private static memory.desc wide(OneDnnLayout layout, int r) {
    long[] s = layout.shape;
    LongPointer by = layout.desc.get_strides();
    return new memory.desc(
        new long[] {s[0], s[1], r, r, s[2] / r, s[3] / r},
        OneDnnLayout.type(layout.dtype),
        new long[] {by.get(0), by.get(1), by.get(2), by.get(3), by.get(2) * r, by.get(3) * r});
  }

  @Override
  public Array pixelShuffle(Array x, int r) {
    if (!fits(x)) {
      return portable.pixelShuffle(x, r);
    }
    long[] s = x.shape();
    OneDnnLayout from = unblocked(OneDnnLayout.of(x), s);
    OneDnnLayout to = unblocked(from, s[0], s[1] / r / r, s[2] * r, s[3] * r);
    Array out = to.allocate(to.shape);
    try (Scope scope = Scope.open()) {
      OneDnnCall.cached(
              () -> OneDnnCall.copying(deep(from, r), wide(to, r)), "pixel shuffle", from, r)
          .run(from.convert(x), out);
    }
    return out;
  }

  @Override
  public Array pixelUnshuffle(Array y, int r) {
    if (!fits(y)) {
      return portable.pixelUnshuffle(y, r);
    }
    long[] s = y.shape();
    OneDnnLayout from = unblocked(OneDnnLayout.of(y), s);
    OneDnnLayout to = unblocked(from, s[0], s[1] * r * r, s[2] / r, s[3] / r);
    Array out = to.allocate(to.shape);
    try (Scope scope = Scope.open()) {
      OneDnnCall.cached(
              () -> OneDnnCall.copying(wide(from, r), deep(to, r)), "pixel unshuffle", from, r)
          .run(from.convert(y), out);
    }
    return out;
  }

  @Override
  public Array sliceGrad(Array dy, long[] shape, long[] begin, long[] end, long[] step) {
    return portable.sliceGrad(dy, shape, begin, end, step);
  }

  @Override
  public Array broadcastTo(Array x, long[] shape) {
    return portable.broadcastTo(x, shape);
  }

  @Override
  public Array pad(Array x, long[][] amounts, PadMode mode, double value) {
    return portable.pad(x, amounts, mode, value);
  }

  @Override
  public Array padGrad(Array dy, long[] shape, long[][] amounts, PadMode mode) {
    return portable.padGrad(dy, shape, amounts, mode);
  }

  @Override
  public Array flip(Array x, int[] axes) {
    return portable.flip(x, axes);
  }
}
