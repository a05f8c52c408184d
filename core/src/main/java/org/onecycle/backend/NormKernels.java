package org.onecycle.backend;

import org.onecycle.array.Array;
import org.onecycle.array.Scope;

/** Normalisations; callers have checked the shapes. */
public interface NormKernels {
  /**
   * What the forward pass leaves for the gradient.
   *
   * @param mean the mean of each channel or row
   * @param variance their variances, divided by n
   * @param workspace whatever else the backend wants to see again, or null
   */
  record Stats(Array mean, Array variance, Object workspace) {}

  /** A result with its statistics. */
  record Normalized(Array y, Stats stats) {}

  /**
   * Normalises each channel of {@code [N, C, ..]} by its own mean and variance.
   *
   * @param weight {@code [C]} or null for ones
   * @param bias {@code [C]} or null for zeros
   */
  Normalized batchNorm(Array x, Array weight, Array bias, double eps);

  /** Returns the wanted gradients of {@link #batchNorm}. */
  Grads batchNormGrad(Array dy, Array x, Array weight, Stats stats, double eps, GradMask mask);

  /** Returns the ReLU of {@link #batchNorm}; its gradient takes what this leaves. */
  default Normalized batchNormRelu(Array x, Array weight, Array bias, double eps) {
    Normalized r = batchNorm(x, weight, bias, eps);
    Backends.current().elementwise().reluInPlace(r.y());
    return r;
  }

  /**
   * Returns the wanted gradients of {@link #batchNormRelu}.
   *
   * @param y its result
   */
  default Grads batchNormReluGrad(
      Array dy, Array x, Array y, Array weight, Stats stats, double eps, GradMask mask) {
    try (Scope s = Scope.open()) {
      Array masked = Backends.current().elementwise().reluGrad(y, dy);
      return batchNormGrad(masked, x, weight, stats, eps, mask).keptIn(s);
    }
  }

  /** Normalises each channel of {@code [N, C, ..]} by a given mean and variance. */
  Array batchNormFixed(Array x, Array weight, Array bias, Array mean, Array variance, double eps);

  /** Returns the wanted gradients of {@link #batchNormFixed}; the statistics have none. */
  Grads batchNormFixedGrad(
      Array dy, Array x, Array weight, Array mean, Array variance, double eps, GradMask mask);

  /**
   * Normalises each row of {@code [rows, size]} by its own mean and variance.
   *
   * @param weight {@code [size]} or null for ones
   * @param bias {@code [size]} or null for zeros
   */
  Normalized layerNorm(Array x, Array weight, Array bias, double eps);

  /** Returns the wanted gradients of {@link #layerNorm}. */
  Grads layerNormGrad(Array dy, Array x, Array weight, Stats stats, double eps, GradMask mask);
}
