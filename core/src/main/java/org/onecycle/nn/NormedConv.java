package org.onecycle.nn;

import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/** A convolution whose weight is computed from other parameters at each call. */
abstract class NormedConv extends Layer {
  private final Conv2dOptions options;
  private final int in;
  private final int out;
  private final Parameter bias;

  /** Takes the bias over; subclasses take the weight. */
  NormedConv(Conv2d conv) {
    options = conv.options();
    in = conv.inChannels();
    out = conv.outChannels();
    bias = conv.bias() == null ? null : share("bias", conv.bias());
  }

  /** Returns the weight {@code [out, in / groups, kH, kW]}. */
  abstract Tensor weight();

  /** Returns the parameter that carries the direction of the weight. */
  abstract Parameter source();

  /** Puts first values in place of the weight's. */
  abstract void restart(Tensor weight);

  final int outChannels() {
    return out;
  }

  @Override
  protected final Tensor compute(Tensor x) {
    expect(x.rank() == 4 && x.size(1) == in, "[N, " + in + ", H, W]", x);
    return F.conv2d(x, weight(), bias == null ? null : bias.tensor(), options.spec());
  }

  @Override
  protected String extraRepr() {
    return ConvText.of(in, out, source().shape(), options.spec(), 0, bias != null);
  }
}
