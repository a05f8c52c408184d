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

  /**
   * Returns {@code [N, C, H r, W r]} of {@code [N, C r r, H, W]}: channel {@code c r r + i r + j}
   * goes to row i and column j of each cell.
   */
  default Array pixelShuffle(Array x, int r) {
    long[] s = x.shape();
    long c = s[1] / r / r;
    Array cells = x.reshape(s[0], c, r, r, s[2], s[3]);
    return permute(cells, new int[] {0, 1, 4, 2, 5, 3}).reshape(s[0], c, s[2] * r, s[3] * r);
  }

  /** Returns the array that {@link #pixelShuffle} makes into this one: its gradient too. */
  default Array pixelUnshuffle(Array y, int r) {
    long[] s = y.shape();
    long h = s[2] / r;
    long w = s[3] / r;
    Array cells = y.reshape(s[0], s[1], h, r, w, r);
    return permute(cells, new int[] {0, 1, 3, 5, 2, 4}).reshape(s[0], s[1] * r * r, h, w);
  }

  /** Returns the array with the elements along the axes in reverse order. */
  Array flip(Array x, int[] axes);
}
