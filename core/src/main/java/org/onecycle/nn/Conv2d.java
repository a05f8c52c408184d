package org.onecycle.nn;

import java.util.Arrays;
import org.onecycle.array.Scope;
import org.onecycle.backend.Conv2dSpec;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/**
 * A two-dimensional convolution from {@code [N, in, H, W]} to {@code [N, out, H', W']}, with {@code
 * weight [out, in / groups, kH, kW]} and {@code bias [out]}.
 *
 * <p>{@code H' = floor((H + 2 padding - dilation (kH - 1) - 1) / stride) + 1}. Both start uniform
 * within {@code 1 / sqrt(in / groups * kH * kW)} unless the options say otherwise.
 */
public final class Conv2d extends Layer {
  private final int out;
  private final Conv2dOptions options;
  private final Parameter weight;
  private final Parameter bias;
  private Folded folded; // what evaluation made of this layer and the norm after it, or null

  /** Makes a convolution with stride 1, no padding and a bias. */
  public Conv2d(int in, int out, int kernel) {
    this(in, out, kernel, Conv2dOptions.DEFAULT);
  }

  /** Makes a convolution with a square kernel. */
  public Conv2d(int in, int out, int kernel, Conv2dOptions options) {
    this(in, out, kernel, kernel, options);
  }

  /**
   * Makes a convolution.
   *
   * @throws IllegalArgumentException if groups does not divide both numbers of channels
   */
  public Conv2d(int in, int out, int kernelH, int kernelW, Conv2dOptions options) {
    ConvText.checkGroups("Conv2d", in, out, options.spec().groups());
    this.out = out;
    this.options = options;
    long[] shape = {out, in / options.spec().groups(), kernelH, kernelW};
    try (Scope s = Scope.open()) {
      weight = parameter("weight", options.init().draw(Init.rng(), shape));
      bias = options.bias() ? parameter("bias", Init.biasFor(shape).draw(Init.rng(), out)) : null;
    }
  }

  /** Returns the number of channels it takes. */
  public int inChannels() {
    return (int) weight.shape()[1] * options.spec().groups();
  }

  /** Returns the number of channels it gives. */
  public int outChannels() {
    return out;
  }

  /** Returns how it moves and starts. */
  public Conv2dOptions options() {
    return options;
  }

  /** Returns the weight {@code [out, in / groups, kH, kW]}. */
  public Parameter weight() {
    return weight;
  }

  /** Returns the bias {@code [out]}, or null. */
  public Parameter bias() {
    return bias;
  }

  /**
   * Puts a weight for another number of input channels in place of the present one.
   *
   * @param values {@code [out, in / groups, kH, kW]}
   * @throws IllegalArgumentException if another axis than the second differs
   */
  public void replaceWeight(Tensor values) {
    long[] expected = weight.shape();
    long[] given = values.shape();
    if (given.length == 4) {
      expected[1] = given[1];
    }
    if (!Arrays.equals(expected, given)) {
      throw new IllegalArgumentException(
          "A weight of Conv2d(%s) expects [%d, C, %d, %d], got %s"
              .formatted(extraRepr(), out, expected[2], expected[3], Arrays.toString(given)));
    }
    weight.replace(values);
  }

  @Override
  protected Tensor compute(Tensor x) {
    prepare(x);
    return F.conv2d(x, weight.tensor(), biasValue(), options.spec());
  }

  /**
   * Returns ReLU of the convolution and an addend as one operation.
   *
   * @param addend of the result's shape, or null
   */
  Tensor withRelu(Tensor x, Tensor addend) {
    return named(
        () -> {
          prepare(x);
          return F.conv2dRelu(x, weight.tensor(), biasValue(), addend, options.spec());
        });
  }

  private void prepare(Tensor x) {
    int in = inChannels();
    expect(x.rank() == 4 && x.size(1) == in, "[N, " + in + ", H, W]", x);
    forget();
  }

  private Tensor biasValue() {
    return bias == null ? null : bias.tensor();
  }

  /** Whoever trains has no use for what was folded, and it takes the weight's memory again. */
  private synchronized void forget() {
    if (folded != null && isTraining()) {
      // In evaluation another thread may be using it.
      folded.release();
    }
    folded = null;
  }

  /** Returns this layer with the norm after it folded in; null if it cannot take the input. */
  Folded folded(BatchNorm norm, Tensor x) {
    Conv2dSpec spec = options.spec();
    long[] w = weight.shape();
    if (x.rank() != 4
        || x.dtype() != weight.tensor().dtype()
        || x.size(1) != inChannels()
        || spec.outputH(x.size(2), w[2]) < 1
        || spec.outputW(x.size(3), w[3]) < 1
        || norm.numFeatures() != out) {
      return null;
    }
    synchronized (this) {
      if (folded == null || !folded.isGood(norm)) {
        folded = new Folded(this, norm, x.value());
      }
      return folded;
    }
  }

  @Override
  protected String extraRepr() {
    return ConvText.of(inChannels(), out, weight.shape(), options.spec(), 0, bias != null);
  }
}
