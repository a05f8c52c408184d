package org.onecycle.backend;

import org.onecycle.array.Array;
import org.onecycle.array.Scope;

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
   * Returns the weight as {@link #conv2dSum} takes it fastest, outside of scopes; possibly itself.
   *
   * @param x what it will be used on: only shape and type matter
   */
  default Array forSum(Array w, Conv2dSpec spec, Array x) {
    return w;
  }

  /**
   * Returns {@code act(conv2d(x) + addend)} in one pass where the backend can; it has no gradient.
   *
   * @param w {@code [out, in / groups, kh, kw]}, plain or as {@link #forSum} made it
   * @param bias {@code [out]}
   * @param addend of the result's shape, or null
   * @param relu whether {@code act} is ReLU, or nothing
   */
  default Array conv2dSum(
      Array x, Array w, Array bias, Conv2dSpec spec, Array addend, boolean relu) {
    ElementwiseKernels each = Backends.current().elementwise();
    try (Scope s = Scope.open()) {
      Array y = conv2d(x, w, bias, spec);
      if (addend != null) {
        y = each.binary(Binary.ADD, y, addend);
      }
      if (relu) {
        each.reluInPlace(y);
      }
      return s.keep(y);
    }
  }

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
