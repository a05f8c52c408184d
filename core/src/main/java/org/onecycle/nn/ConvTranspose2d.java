package org.onecycle.nn;

import org.onecycle.array.Scope;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * The gradient of a convolution with respect to its input, as a layer that enlarges: from {@code
 * [N, in, H, W]} to {@code [N, out, H', W']}, with {@code weight [in, out / groups, kH, kW]} and
 * {@code bias [out]}.
 *
 * <p>{@code H' = (H - 1) stride - 2 padding + dilation (kH - 1) + outputPadding + 1}.
 */
public final class ConvTranspose2d extends Layer {
  private final int in;
  private final int out;
  private final int outputPadding;
  private final Conv2dOptions options;
  private final Parameter weight;
  private final Parameter bias;

  /** Makes a transposed convolution with a square kernel and no output padding. */
  public ConvTranspose2d(int in, int out, int kernel, Conv2dOptions options) {
    this(in, out, kernel, options, 0);
  }

  /**
   * Makes a transposed convolution with a square kernel.
   *
   * @param outputPadding rows and columns added at the end of the result
   * @throws IllegalArgumentException if groups does not divide both numbers of channels
   */
  public ConvTranspose2d(int in, int out, int kernel, Conv2dOptions options, int outputPadding) {
    ConvText.checkGroups("ConvTranspose2d", in, out, options.spec().groups());
    this.in = in;
    this.out = out;
    this.outputPadding = outputPadding;
    this.options = options;
    long[] shape = {in, out / options.spec().groups(), kernel, kernel};
    try (Scope s = Scope.open()) {
      weight = parameter("weight", options.init().draw(Init.rng(), shape));
      bias = options.bias() ? parameter("bias", Init.biasFor(shape).draw(Init.rng(), out)) : null;
    }
  }

  /** Returns the weight {@code [in, out / groups, kH, kW]}. */
  public Parameter weight() {
    return weight;
  }

  /** Returns the bias {@code [out]}, or null. */
  public Parameter bias() {
    return bias;
  }

  @Override
  protected Tensor compute(Tensor x) {
    expect(x.rank() == 4 && x.size(1) == in, "[N, " + in + ", H, W]", x);
    Tensor b = bias == null ? null : bias.tensor();
    return F.convTranspose2d(x, weight.tensor(), b, options.spec(), outputPadding, outputPadding);
  }

  @Override
  protected String extraRepr() {
    return ConvText.of(in, out, weight.shape(), options.spec(), outputPadding, bias != null);
  }
}
