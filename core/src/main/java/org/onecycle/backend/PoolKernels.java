package org.onecycle.backend;

import org.onecycle.array.Array;

/** Pooling of {@code [N, C, H, W]}; callers have checked the shapes. */
public interface PoolKernels {
  /**
   * The result of maximum pooling.
   *
   * @param workspace what the backend wants to see again for the gradient, or null
   */
  record Pooled(Array y, Object workspace) {}

  /**
   * Returns each window's maximum.
   *
   * @param wantGrad whether the gradient will be asked for
   */
  Pooled maxPool2d(Array x, Pool2dSpec spec, boolean wantGrad);

  /** Returns the gradient of {@link #maxPool2d}: all of a window's goes to its first maximum. */
  Array maxPool2dGrad(Array dy, Array x, Object workspace, Pool2dSpec spec);

  /** Returns each window's average. */
  Array avgPool2d(Array x, Pool2dSpec spec);

  /** Returns the gradient of {@link #avgPool2d} for an input of the shape. */
  Array avgPool2dGrad(Array dy, long[] shape, Pool2dSpec spec);

  /**
   * Returns averages over bins from {@code floor(i H / outH)} to {@code ceil((i + 1) H / outH)}.
   */
  Array adaptiveAvgPool2d(Array x, long outH, long outW);

  /** Returns the gradient of {@link #adaptiveAvgPool2d} for an input of the shape. */
  Array adaptiveAvgPool2dGrad(Array dy, long[] shape);

  /** Returns maxima over the bins of {@link #adaptiveAvgPool2d}. */
  Pooled adaptiveMaxPool2d(Array x, long outH, long outW, boolean wantGrad);

  /** Returns the gradient of {@link #adaptiveMaxPool2d} for an input of the shape. */
  Array adaptiveMaxPool2dGrad(Array dy, long[] shape, Object workspace);
}
