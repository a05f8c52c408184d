package org.onecycle.backend;

/**
 * How a pooling window moves over its input, as PyTorch's arguments of these names.
 *
 * @param ceilMode whether windows that hang over the end count, if they begin inside
 * @param countIncludePad whether an average divides by padded cells too
 */
public record Pool2dSpec(
    int kernelH,
    int kernelW,
    int strideH,
    int strideW,
    int padH,
    int padW,
    int dilationH,
    int dilationW,
    boolean ceilMode,
    boolean countIncludePad) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a kernel, a stride or a dilation is below 1, or a padding
   *     more than half of the kernel
   */
  public Pool2dSpec {
    if (kernelH < 1 || kernelW < 1 || strideH < 1 || strideW < 1) {
      throw new IllegalArgumentException(
          "Pooling expects kernels and strides of at least 1, got kernel ("
              + (kernelH + ", " + kernelW + "), stride (" + strideH + ", " + strideW + ")"));
    }
    if (dilationH < 1 || dilationW < 1) {
      throw new IllegalArgumentException(
          "Pooling expects dilations of at least 1, got (" + dilationH + ", " + dilationW + ")");
    }
    if (padH < 0 || padW < 0 || padH > kernelH / 2 || padW > kernelW / 2) {
      throw new IllegalArgumentException(
          "Pooling expects paddings of at most half the kernel, got padding ("
              + (padH + ", " + padW + ") for kernel (" + kernelH + ", " + kernelW + ")"));
    }
  }

  /** Returns square windows, with the average dividing by padded cells as PyTorch's default. */
  public static Pool2dSpec of(int kernel, int stride, int pad) {
    return new Pool2dSpec(kernel, kernel, stride, stride, pad, pad, 1, 1, false, true);
  }

  /** Returns this with another dilation in both directions. */
  public Pool2dSpec withDilation(int d) {
    return new Pool2dSpec(
        kernelH, kernelW, strideH, strideW, padH, padW, d, d, ceilMode, countIncludePad);
  }

  /** Returns this with windows that may hang over the end, or without. */
  public Pool2dSpec withCeilMode(boolean ceil) {
    return new Pool2dSpec(
        kernelH,
        kernelW,
        strideH,
        strideW,
        padH,
        padW,
        dilationH,
        dilationW,
        ceil,
        countIncludePad);
  }

  /** Returns this with averages that divide by padded cells too, or not. */
  public Pool2dSpec withCountIncludePad(boolean include) {
    return new Pool2dSpec(
        kernelH, kernelW, strideH, strideW, padH, padW, dilationH, dilationW, ceilMode, include);
  }

  /** Returns the height of the result; below 1 if the window does not fit. */
  public long outputH(long height) {
    return output(height, kernelH, strideH, padH, dilationH);
  }

  /** Returns the width of the result; below 1 if the window does not fit. */
  public long outputW(long width) {
    return output(width, kernelW, strideW, padW, dilationW);
  }

  private long output(long size, int kernel, int stride, int pad, int dilation) {
    long room = size + 2L * pad - (long) dilation * (kernel - 1) - 1;
    long n = Math.floorDiv(room + (ceilMode ? stride - 1 : 0), stride) + 1;
    return ceilMode && (n - 1) * stride >= size + pad ? n - 1 : n;
  }
}
