package org.onecycle.backend;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.onecycle.array.DType;

/** One convolution's sizes: C channels of H x W to K channels, with kernels of three rows. */
record WinogradSizes(
    long n, long c, int h, long w, long k, int padH, long taps, long padW, int outH, long outW) {
  private static final int TAPS = WinogradMatrices.TAPS;

  /** With fewer channels the planes take longer than the multiplications they save. */
  private static final long CHANNELS = 32;

  /** With fewer channels the gradient by the kernel is better added up directly. */
  private static final long SUM_CHANNELS = 64;

  /** Below so many positions of a result, the kernels' planes take more than they save. */
  private static final long POSITIONS = 800;

  /** Returns the sizes, or null where the direct algorithm is to be taken. */
  static WinogradSizes of(long[] x, long[] w, long[] y, Conv2dSpec spec) {
    boolean fits =
        w.length == 4
            && w[2] == TAPS
            && spec.strideH() == 1
            && spec.strideW() == 1
            && spec.dilationH() == 1
            && spec.dilationW() == 1
            && spec.padH() < TAPS
            // oneDNN's kernels of one row are wrong where two columns are padded.
            && spec.padW() < Math.min(w[3], 2)
            && Math.min(w[0], w[1]) >= CHANNELS
            && Math.min(x[2], y[2]) > 1
            && y[0] * y[2] * y[3] >= POSITIONS;
    return fits
        ? new WinogradSizes(
            x[0],
            x[1],
            Math.toIntExact(x[2]),
            x[3],
            w[0],
            spec.padH(),
            w[3],
            spec.padW(),
            Math.toIntExact(y[2]),
            y[3])
        : null;
  }

  /** Returns whether the gradient by the kernel is faster by planes, too. */
  boolean sumsByPlanes() {
    return Math.min(c, k) >= SUM_CHANNELS;
  }

  RowTiles input() {
    return new RowTiles(n, h, w * c, -padH);
  }

  RowTiles result() {
    return new RowTiles(n, outH, outW * k, 0);
  }

  /** The gradient by the input is a correlation over the result's rows, with rows reversed. */
  RowTiles resultGradient() {
    return new RowTiles(n, outH, outW * k, padH + 1 - TAPS);
  }

  RowTiles inputGradient() {
    return new RowTiles(n, h, w * c, 0);
  }

  private long[] strides() {
    return new long[] {1, 1};
  }

  private long[] padding() {
    return new long[] {0, padW};
  }

  private memory.desc x(int tiles) {
    return OneDnnLayout.channelsLast(DType.FLOAT, n * tiles, c, 1, w);
  }

  private memory.desc y(int tiles) {
    return OneDnnLayout.channelsLast(DType.FLOAT, n * tiles, k, 1, outW);
  }

  OneDnnLayout plane(memory.desc kernel) {
    return OneDnnLayout.of(kernel, k, c, 1, taps);
  }

  memory.desc anyKernel() {
    return OneDnnLayout.any(DType.FLOAT, k, c, 1, taps);
  }

  convolution_forward.primitive_desc forward(int tiles, memory.desc kernel) {
    return new convolution_forward.primitive_desc(
        OneDnn.engine(),
        dnnl.prop_kind.forward_training,
        dnnl.algorithm.convolution_direct,
        x(tiles),
        kernel,
        new memory.desc(),
        y(tiles),
        strides(),
        new long[] {0, 0},
        padding(),
        padding());
  }

  convolution_backward_data.primitive_desc byInput(int tiles, memory.desc kernel) {
    return new convolution_backward_data.primitive_desc(
        OneDnn.engine(),
        dnnl.algorithm.convolution_direct,
        x(tiles),
        kernel,
        y(tiles),
        strides(),
        new long[] {0, 0},
        padding(),
        padding(),
        forward(tiles, anyKernel()));
  }

  convolution_backward_weights.primitive_desc byWeight(int tiles, memory.desc kernel) {
    return new convolution_backward_weights.primitive_desc(
        OneDnn.engine(),
        dnnl.algorithm.convolution_direct,
        x(tiles),
        kernel,
        new memory.desc(),
        y(tiles),
        strides(),
        new long[] {0, 0},
        padding(),
        padding(),
        forward(tiles, anyKernel()));
  }
}
