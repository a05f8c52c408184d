package org.onecycle.tensor;

import org.onecycle.backend.Conv2dSpec;
import org.onecycle.backend.Pool2dSpec;

/** Layers as functions, by PyTorch's names; all have gradients. */
public final class F {
  private F() {}

  // ---- convolutions

  /**
   * Returns the two-dimensional convolution (cross-correlation) {@code [N, out, H', W']}.
   *
   * @param x {@code [N, in, H, W]}
   * @param weight {@code [out, in / groups, kh, kw]}
   * @param bias {@code [out]} or null
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, Conv2dSpec spec) {
    return ConvOps.conv2d(x, weight, bias, spec);
  }

  /** Returns the convolution with one stride and padding for both directions. */
  public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, int stride, int pad) {
    return ConvOps.conv2d(x, weight, bias, Conv2dSpec.of(stride, pad));
  }

  /**
   * Returns the transposed convolution {@code [N, out, (H - 1) stride - 2 pad + dilation (kh - 1) +
   * outPad + 1, ..]}.
   *
   * @param x {@code [N, in, H, W]}
   * @param weight {@code [in, out / groups, kh, kw]}
   * @param bias {@code [out]} or null
   * @param outPadH rows added to the height, fewer than stride or dilation
   * @param outPadW columns added to the width
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Tensor convTranspose2d(
      Tensor x, Tensor weight, Tensor bias, Conv2dSpec spec, int outPadH, int outPadW) {
    return ConvOps.convTranspose2d(x, weight, bias, spec, outPadH, outPadW);
  }

  /**
   * Returns {@code x weight^T + bias}: {@code [.., in]} and {@code [out, in]} to {@code [.., out]}.
   */
  public static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
    return MatmulOps.linear(x, weight, bias);
  }

  // ---- pooling

  /** Returns the maximum of each window of {@code [N, C, H, W]}; its first one has the gradient. */
  public static Tensor maxPool2d(Tensor x, Pool2dSpec spec) {
    return PoolOps.max(x, spec);
  }

  /** Returns the maximum of each square window. */
  public static Tensor maxPool2d(Tensor x, int kernel, int stride, int pad) {
    return PoolOps.max(x, Pool2dSpec.of(kernel, stride, pad));
  }

  /** Returns the average of each window of {@code [N, C, H, W]}. */
  public static Tensor avgPool2d(Tensor x, Pool2dSpec spec) {
    return PoolOps.average(x, spec);
  }

  /** Returns the average of each square window; padded cells count as zeros. */
  public static Tensor avgPool2d(Tensor x, int kernel, int stride, int pad) {
    return PoolOps.average(x, Pool2dSpec.of(kernel, stride, pad));
  }

  /**
   * Returns averages over a grid of bins, {@code [N, C, outH, outW]}: bin {@code i} reaches from
   * {@code floor(i H / outH)} to {@code ceil((i + 1) H / outH)}.
   */
  public static Tensor adaptiveAvgPool2d(Tensor x, long outH, long outW) {
    return PoolOps.adaptiveAverage(x, outH, outW);
  }

  /** Returns maxima over the bins of {@link #adaptiveAvgPool2d}. */
  public static Tensor adaptiveMaxPool2d(Tensor x, long outH, long outW) {
    return PoolOps.adaptiveMax(x, outH, outW);
  }

  // ---- normalisation

  /**
   * Returns {@code (x - mean) / sqrt(variance + eps) weight + bias} by channel of {@code [N, C,
   * ..]}.
   *
   * <p>When training (or without running statistics) mean and variance are the batch's, and the
   * running ones move by {@code running = (1 - momentum) running + momentum batch}, in place, with
   * the unbiased variance. Ioffe and Szegedy, 2015, arXiv:1502.03167.
   *
   * @param weight {@code [C]} or null
   * @param bias {@code [C]} or null
   * @param runningMean {@code [C]} or null
   * @param runningVar {@code [C]} or null
   * @throws IllegalArgumentException if shapes do not fit, or a channel has a single value whose
   *     variance would be asked for
   */
  public static Tensor batchNorm(
      Tensor x,
      Tensor weight,
      Tensor bias,
      Tensor runningMean,
      Tensor runningVar,
      boolean training,
      double momentum,
      double eps) {
    return NormOps.batchNorm(x, weight, bias, runningMean, runningVar, training, momentum, eps);
  }

  /**
   * Returns the tensor normalised over its last axes, {@code (x - mean) / sqrt(variance + eps)
   * weight + bias}. Ba, Kiros and Hinton, 2016, arXiv:1607.06450.
   *
   * @param axes how many axes from the end
   * @param weight of the shape of those axes, or null
   * @param bias of the shape of those axes, or null
   */
  public static Tensor layerNorm(Tensor x, int axes, Tensor weight, Tensor bias, double eps) {
    return NormOps.layerNorm(x, axes, weight, bias, eps);
  }
}
