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
   * Returns {@code relu(conv2d(x) + addend)} as one operation: its gradient needs nothing but the
   * result, so the sum before ReLU is not kept.
   *
   * @param x {@code [N, in, H, W]}
   * @param weight {@code [out, in / groups, kh, kw]}
   * @param bias {@code [out]} or null
   * @param addend of the result's shape, or null
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Tensor conv2dRelu(
      Tensor x, Tensor weight, Tensor bias, Tensor addend, Conv2dSpec spec) {
    return ConvOps.conv2dRelu(x, weight, bias, addend, spec);
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
    return LayerOps.linear(x, weight, bias);
  }

  /**
   * Returns {@code relu(x weight^T + bias)} as one operation, with the arguments of {@link
   * #linear}: its gradient needs nothing but the result, so the sum before ReLU is not kept.
   */
  public static Tensor linearRelu(Tensor x, Tensor weight, Tensor bias) {
    return LayerOps.linearRelu(x, weight, bias);
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
   * Returns {@code relu(batchNorm(x))} by the batch's statistics as one operation, with the
   * arguments of {@link #batchNorm}: what training makes of the two.
   */
  public static Tensor batchNormRelu(
      Tensor x,
      Tensor weight,
      Tensor bias,
      Tensor runningMean,
      Tensor runningVar,
      double momentum,
      double eps) {
    return NormOps.batchNormRelu(x, weight, bias, runningMean, runningVar, momentum, eps);
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

  // ---- probabilities

  /** Returns {@code exp(x) / sum(exp(x))} along an axis. */
  public static Tensor softmax(Tensor x, int axis) {
    return SoftmaxOps.softmax(x, axis);
  }

  /** Returns {@code x - log(sum(exp(x)))} along an axis; finite where softmax rounds to zero. */
  public static Tensor logSoftmax(Tensor x, int axis) {
    return SoftmaxOps.logSoftmax(x, axis);
  }

  /** Returns {@code log(sum(exp(x)))} along an axis, which vanishes, without overflow. */
  public static Tensor logSumExp(Tensor x, int axis) {
    return SoftmaxOps.logSumExp(x, axis);
  }

  /**
   * Returns the negative log-likelihood of each item, {@code [N]}: {@code -weight[target]
   * logp[target]}, and 0 where the target is to be ignored.
   *
   * @param logp log-probabilities {@code [N, C]}
   * @param target classes {@code [N]}, INT64
   * @param weight {@code [C]} or null for ones
   * @param ignoreIndex the target that does not count
   * @throws IllegalArgumentException if shapes do not fit or a target is no class
   */
  public static Tensor nllLoss(Tensor logp, Tensor target, Tensor weight, long ignoreIndex) {
    return SoftmaxOps.nllLoss(logp, target, weight, ignoreIndex);
  }

  // ---- pictures

  /**
   * Returns {@code [N, C, outH, outW]} whose cell i shows the source's {@code floor(i in / out)}.
   */
  public static Tensor interpolateNearest(Tensor x, long outH, long outW) {
    return ResizeOps.nearest(x, outH, outW);
  }

  /**
   * Returns {@code [N, C, outH, outW]} blended from the four nearest cells.
   *
   * @param alignCorners whether the centres of the corner cells coincide rather than the corners
   */
  public static Tensor interpolateBilinear(Tensor x, long outH, long outW, boolean alignCorners) {
    return ResizeOps.bilinear(x, outH, outW, alignCorners);
  }

  /**
   * Returns {@code [N, C, H r, W r]} from {@code [N, C r r, H, W]}: channel {@code c r r + i r + j}
   * goes to row i and column j of each cell. Shi et al., 2016, arXiv:1609.05158.
   */
  public static Tensor pixelShuffle(Tensor x, int r) {
    return ResizeOps.pixelShuffle(x, r);
  }

  /**
   * Returns the tensors side by side as {@link Tensor#cat} does, and gives back the memory of those
   * that no gradient will read: shuffled, averaged and resized pictures, batch norms and
   * convolutions. Nobody else may read any of them afterwards.
   */
  public static Tensor join(int axis, Tensor... xs) {
    return ShapeOps.join(axis, xs);
  }

  // ---- sequences

  /**
   * Runs an LSTM over time from a given state: {@code z = x W_ih^T + b_ih + h W_hh^T + b_hh}, its
   * four parts the gates i, f, g, o; {@code c' = sigmoid(f) c + sigmoid(i) tanh(g)}, {@code h' =
   * sigmoid(o) tanh(c')}. Hochreiter and Schmidhuber, 1997.
   *
   * @param x {@code [T, N, in]}, time first
   * @param h0 {@code [N, H]}
   * @param c0 {@code [N, H]}
   * @param wIh {@code [4H, in]}
   * @param wHh {@code [4H, H]}
   * @param bIh {@code [4H]}
   * @param bHh {@code [4H]}
   * @return the outputs {@code [T, N, H]} and the last state, {@code [N, H]} each
   * @throws IllegalArgumentException if shapes or types do not fit
   */
  public static LstmResult lstm(
      Tensor x, Tensor h0, Tensor c0, Tensor wIh, Tensor wHh, Tensor bIh, Tensor bHh) {
    return RnnOps.lstm(x, h0, c0, wIh, wHh, bIh, bHh);
  }

  // ---- others

  /**
   * Returns the rows that the indices name, {@code [.., size]}.
   *
   * @param weight {@code [rows, size]}
   * @param indices integers of any shape
   * @param paddingIndex the row that gets no gradient, or -1
   * @throws IndexOutOfBoundsException if an index names no row
   */
  public static Tensor embedding(Tensor weight, Tensor indices, long paddingIndex) {
    return LayerOps.embedding(weight, indices, paddingIndex);
  }

  /** Returns the values, each zero with probability p, the others divided by {@code 1 - p}. */
  public static Tensor dropout(Tensor x, double p, Rng rng) {
    return LayerOps.dropout(x, p, rng);
  }

  /**
   * Returns {@code max(x, 0)} in the memory of {@code x} where the operation that made it can do
   * without, after sums, batch norms and convolutions, and in memory of its own otherwise. Nobody
   * else may read {@code x} afterwards.
   */
  public static Tensor reluInPlace(Tensor x) {
    return ElementwiseOps.reluInPlace(x);
  }

  /** Returns {@code max(x, 0)}. */
  public static Tensor relu(Tensor x) {
    return x.relu();
  }

  /** Returns {@code x Phi(x)} with the normal distribution function, exact. */
  public static Tensor gelu(Tensor x) {
    return LayerOps.gelu(x);
  }

  /** Returns {@code x tanh(log(1 + exp(x)))}. */
  public static Tensor mish(Tensor x) {
    return LayerOps.mish(x);
  }

  /** Returns x where positive, else {@code slope x}. */
  public static Tensor leakyRelu(Tensor x, double slope) {
    return LayerOps.leakyRelu(x, slope);
  }

  /** Returns the values cut to the interval. */
  public static Tensor hardtanh(Tensor x, double low, double high) {
    return x.clamp(low, high);
  }
}
