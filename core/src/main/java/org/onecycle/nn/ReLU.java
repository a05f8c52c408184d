package org.onecycle.nn;

import org.onecycle.tensor.Tensor;

/** {@code max(x, 0)} of every element. */
public final class ReLU extends Layer {
  /** Makes the layer. */
  public ReLU() {}

  @Override
  protected Tensor compute(Tensor x) {
    return x.relu();
  }
}
