package org.onecycle.backend;

import org.onecycle.array.Array;

/** Kernels that reduce along axes. */
public interface ReduceKernels {
  /**
   * Returns the reduction along the axes.
   *
   * @param axes sorted, from the front; never empty unless the array has rank 0
   */
  Array reduce(Reduction op, Array x, int[] axes, boolean keepDims);

  /** Returns the INT64 index of the first largest element along the axis, which vanishes. */
  Array argMax(Array x, int axis);

  /** Returns the INT64 index of the first smallest element along the axis, which vanishes. */
  Array argMin(Array x, int axis);
}
