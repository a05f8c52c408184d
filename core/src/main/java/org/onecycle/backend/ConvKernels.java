package org.onecycle.backend;

import org.onecycle.array.Array;

/** Two-dimensional convolutions on {@code [N, C, H, W]}; callers have checked the shapes. */
public interface ConvKernels {
  /**
   * Returns the convolution {@code [N, out, H', W']}.
   *
   * @param w {@code [out, in / groups, kh, kw]}
   * @param bias {@code [out]} or null
   */
  Array conv2d(Array x, Array w, Array bias, Conv2dSpec spec);

  /** Returns the wanted gradients of {@link #conv2d}. */
  Grads conv2dGrad(Array dy, Array x, Array w, Conv2dSpec spec, GradMask mask);

  /**
   * Returns the transposed convolution, the gradient of {@link #conv2d} by its input.
   *
   * @param w {@code [in, out / groups, kh, kw]}
   * @param bias {@code [out]} or null
   * @param outPadH rows added at the lower end, which no stride would reach
   * @param outPadW columns added at the right end
   */
  Array convTranspose2d(Array x, Array w, Array bias, Conv2dSpec spec, int outPadH, int outPadW);

  /** Returns the wanted gradients of {@link #convTranspose2d}. */
  Grads convTranspose2dGrad(Array dy, Array x, Array w, Conv2dSpec spec, GradMask mask);
}
