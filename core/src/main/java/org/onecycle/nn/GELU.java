package org.onecycle.nn;

import org.onecycle.tensor.F;
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
    return F.gelu(x);
  }

  @Override
  protected String extraRepr() {
    return "approximate='none'";
  }
}
