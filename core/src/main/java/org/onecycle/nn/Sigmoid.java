package org.onecycle.nn;

import org.onecycle.tensor.Tensor;

/** {@code 1 / (1 + exp(-x))} of every element. */
public final class Sigmoid extends Layer {
  /** Makes the layer. */
  public Sigmoid() {}

  @Override
  protected Tensor compute(Tensor x) {
    return x.sigmoid();
  }
}
