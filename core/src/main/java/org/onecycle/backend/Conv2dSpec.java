package org.onecycle.backend;

/**
 * How a two-dimensional convolution moves over its input, as PyTorch's arguments of these names.
 *
 * @param groups the number of groups the channels are split into, each convolved by itself
 */
public record Conv2dSpec(
    int strideH, int strideW, int padH, int padW, int dilationH, int dilationW, int groups) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a stride, a dilation or groups is below 1, or a padding
   *     below 0
   */
  public Conv2dSpec {
    if (strideH < 1 || strideW < 1 || dilationH < 1 || dilationW < 1 || groups < 1) {
      throw new IllegalArgumentException(
          "A convolution expects strides, dilations and groups of at least 1, got stride ("
              + (strideH + ", " + strideW + "), dilation (" + dilationH + ", " + dilationW)
              + "), groups "
              + groups);
    }
    if (padH < 0 || padW < 0) {
      throw new IllegalArgumentException(
          "A convolution expects paddings of at least 0, got (" + padH + ", " + padW + ")");
    }
  }

  /** Returns stride 1 without padding. */
  public static Conv2dSpec unit() {
    return of(1, 0);
  }

  /** Returns the same stride and padding in both directions. */
  public static Conv2dSpec of(int stride, int pad) {
    return new Conv2dSpec(stride, stride, pad, pad, 1, 1, 1);
  }

  /** Returns this with another dilation in both directions. */
  public Conv2dSpec withDilation(int dilation) {
    return new Conv2dSpec(strideH, strideW, padH, padW, dilation, dilation, groups);
  }

  /** Returns this with another number of groups. */
  public Conv2dSpec withGroups(int g) {
    return new Conv2dSpec(strideH, strideW, padH, padW, dilationH, dilationW, g);
  }

  /** Returns the height of the result; below 1 if the kernel does not fit. */
  public long outputH(long height, long kernel) {
    return Math.floorDiv(height + 2L * padH - dilationH * (kernel - 1) - 1, strideH) + 1;
  }

  /** Returns the width of the result; below 1 if the kernel does not fit. */
  public long outputW(long width, long kernel) {
    return Math.floorDiv(width + 2L * padW - dilationW * (kernel - 1) - 1, strideW) + 1;
  }

  /** Returns the height of the transposed convolution's result. */
  public long transposedH(long height, long kernel, int outputPadding) {
    return (height - 1) * strideH - 2L * padH + dilationH * (kernel - 1) + outputPadding + 1;
  }

  /** Returns the width of the transposed convolution's result. */
  public long transposedW(long width, long kernel, int outputPadding) {
    return (width - 1) * strideW - 2L * padW + dilationW * (kernel - 1) + outputPadding + 1;
  }
}
