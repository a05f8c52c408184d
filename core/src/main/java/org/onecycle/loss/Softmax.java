package org.onecycle.loss;

import org.onecycle.backend.Reduction;
import org.onecycle.tensor.Tensor;

/** Softmax and its logarithm along an axis, without overflow. */
final class Softmax {
  private Softmax() {}

  static Tensor log(Tensor x, int axis) {
    Tensor below = x.sub(x.detach().reduceKeep(Reduction.MAX, axis));
    return below.sub(below.exp().reduceKeep(Reduction.SUM, axis).log());
  }

  static Tensor of(Tensor x, int axis) {
    return log(x, axis).exp();
  }
}
