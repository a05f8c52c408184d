package org.onecycle.nn;

import org.onecycle.array.Scope;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/**
 * A convolution whose weight is {@code g v / |v|}, length and direction of each output channel
 * apart: parameters {@code weight_g [out, 1, 1, 1]} and {@code weight_v [out, in / groups, kH,
 * kW]}. Salimans and Kingma 2016, arXiv 1602.07868.
 */
public final class WeightNorm extends NormedConv {
  private final Parameter length;
  private final Parameter direction;

  /** Takes over a convolution, which is not to be used by itself any more; it starts unchanged. */
  public WeightNorm(Conv2d conv) {
    super(conv);
    Parameter weight = conv.giveUp("weight");
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      length = parameter("weight_g", norms(weight.tensor()));
    }
    direction = share("weight_v", weight);
  }

  private static Tensor norms(Tensor v) {
    return v.square().sum(1, 2, 3).sqrt().reshape(-1, 1, 1, 1);
  }

  @Override
  Tensor weight() {
    Tensor v = direction.tensor();
    return v.mul(length.tensor().div(norms(v)));
  }

  @Override
  Parameter source() {
    return direction;
  }

  @Override
  void restart(Tensor weight) {
    direction.assign(weight);
    try (NoGrad off = NoGrad.on()) {
      length.assign(norms(weight));
    }
  }
}
