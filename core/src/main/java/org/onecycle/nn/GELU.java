package org.onecycle.nn;

import org.onecycle.backend.Unary;
import org.onecycle.tensor.Tensor;

/**
 * {@code x / 2 (1 + erf(x / sqrt(2)))} of every element. Hendrycks and Gimpel 2016, arXiv
 * 1606.08415.
 */
public final class GELU extends Layer {
  /** Makes the layer. */
  public GELU() {}

  @Override
  protected Tensor compute(Tensor x) {
    return x.mul(x.mul(Math.sqrt(0.5)).apply(Unary.ERF).add(1).mul(0.5));
  }

  @Override
  protected String extraRepr() {
    return "approximate='none'";
  }
}
