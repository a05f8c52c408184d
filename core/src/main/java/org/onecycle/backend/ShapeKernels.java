package org.onecycle.backend;

import org.onecycle.array.Array;

/** Kernels that move elements. */
public interface ShapeKernels {
  /** Returns the array with its axes in the given order. */
  Array permute(Array x, int[] axes);

  /** Returns the array repeated to a shape it broadcasts to. */
  Array broadcastTo(Array x, long[] shape);

  /** Returns the block from {@code begin} to before {@code end} in steps, one entry an axis. */
  Array slice(Array x, long[] begin, long[] end, long[] step);

  /** Returns zeros of {@code shape} with {@code dy} at the places that the slice had read. */
  Array sliceGrad(Array dy, long[] shape, long[] begin, long[] end, long[] step);

  /** Returns the arrays one behind the other along the axis. */
  Array concat(int axis, Array... xs);

  /**
   * Returns the array with cells added around it.
   *
   * @param amounts per axis the cells before and after, none negative
   */
  Array pad(Array x, long[][] amounts, PadMode mode, double value);

  /** Returns the gradient of {@link #pad} for an input of {@code shape}. */
  Array padGrad(Array dy, long[] shape, long[][] amounts, PadMode mode);

  /** Returns the array with the elements along the axes in reverse order. */
  Array flip(Array x, int[] axes);
}
