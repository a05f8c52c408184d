package org.onecycle.backend;

import org.onecycle.array.Array;

/** Resizing of {@code [N, C, H, W]} to any height and width. */
public interface ResizeKernels {
  /** Returns the picture whose cell i shows the source's cell {@code floor(i in / out)}. */
  Array nearest(Array x, long outH, long outW);

  /** Returns the gradient of {@link #nearest} for an input of the shape. */
  Array nearestGrad(Array dy, long[] shape);

  /**
   * Returns the picture blended from the four nearest cells.
   *
   * @param alignCorners whether the centres of the corner cells coincide, {@code i (in - 1) / (out
   *     - 1)}; else the corners themselves do, {@code (i + 1/2) in / out - 1/2}
   */
  Array bilinear(Array x, long outH, long outW, boolean alignCorners);

  /** Returns the gradient of {@link #bilinear} for an input of the shape. */
  Array bilinearGrad(Array dy, long[] shape, boolean alignCorners);
}
