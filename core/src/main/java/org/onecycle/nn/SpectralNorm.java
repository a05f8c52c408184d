package org.onecycle.nn;

import org.onecycle.array.Scope;
import org.onecycle.tensor.Tensor;

/**
 * A convolution whose weight is divided by its largest singular value: parameter {@code weight_orig
 * [out, in / groups, kH, kW]}, buffers {@code weight_u} and {@code weight_v}. Miyato et al. 2018,
 * arXiv 1802.05957.
 */
public final class SpectralNorm extends NormedConv {
  private final Parameter weight;
  private final Spectral spectral;

  /** Takes over a convolution, which is not to be used by itself any more. */
  public SpectralNorm(Conv2d conv) {
    super(conv);
    weight = share("weight_orig", conv.giveUp("weight"));
    long rows = weight.shape()[0];
    try (Scope s = Scope.open()) {
      Buffer u = buffer("weight_u", Spectral.start(rows));
      Buffer v = buffer("weight_v", Spectral.start(weight.numel() / rows));
      spectral = new Spectral(weight, u, v);
    }
  }

  @Override
  Tensor weight() {
    return spectral.weight(isTraining());
  }

  @Override
  Parameter source() {
    return weight;
  }

  @Override
  void restart(Tensor values) {
    weight.assign(values);
  }
}
