package org.onecycle.backend;

import org.onecycle.array.Array;

/** Matrix products. */
public interface MatmulKernels {
  /**
   * Returns the product of the last two axes; leading axes broadcast.
   *
   * @param transposeA whether {@code a} is read as {@code [.., K, M]}
   * @param transposeB whether {@code b} is read as {@code [.., N, K]}
   */
  Array matmul(Array a, Array b, boolean transposeA, boolean transposeB);

  /**
   * Returns {@code x w^T + b}.
   *
   * @param x {@code [N, in]}
   * @param w {@code [out, in]}
   * @param b {@code [out]} or null
   */
  Array linear(Array x, Array w, Array b);

  /** Returns {@code relu(x w^T + b)}, with the arguments of {@link #linear}. */
  default Array linearRelu(Array x, Array w, Array b) {
    Array y = linear(x, w, b);
    if (y.numel() > 0) {
      Backends.current().elementwise().reluInPlace(y);
    }
    return y;
  }
}
