package org.onecycle.backend;

import org.onecycle.array.Array;

/** Kernels on elements picked by INT64 or INT32 indices. */
public interface GatherKernels {
  /**
   * Returns the slices of the axis that the indices name: {@code [.., indices.., ..]}.
   *
   * @throws IndexOutOfBoundsException if an index is outside the axis
   */
  Array take(Array x, int axis, Array indices);

  /** Returns zeros of {@code shape} to which the slices have been added; indices may repeat. */
  Array takeGrad(Array dy, long[] shape, int axis, Array indices);

  /** Returns {@code x[i][index[i][j]]} along the axis, as PyTorch's gather. */
  Array gather(Array x, int axis, Array indices);

  /** Returns the gradient of {@link #gather}. */
  Array gatherGrad(Array dy, long[] shape, int axis, Array indices);
}
