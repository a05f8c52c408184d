package org.onecycle.nn;

import org.onecycle.tensor.Tensor;

/** The hyperbolic tangent of every element. */
public final class Tanh extends Layer {
  /** Makes the layer. */
  public Tanh() {}

  @Override
  protected Tensor compute(Tensor x) {
    return x.tanh();
  }
}
