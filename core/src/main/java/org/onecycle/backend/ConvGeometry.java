package org.onecycle.backend;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Shapes;

/** The shapes of one convolution, as oneDNN wants them. */
record ConvGeometry(DType dtype, long[] x, long[] w, long[] y, Conv2dSpec spec) {
  /** The channels of a picture at most. */
  private static final long PICTURE = 4;

  /** From this many elements of the input or the result on, channels may stand last. */
  private static final long CHANNELS_LAST = 1 << 17;

  static ConvGeometry of(Array x, Array w, Conv2dSpec spec) {
    return of(x.dtype(), x.shape(), w.shape(), spec);
  }

  static ConvGeometry of(DType dtype, long[] xs, long[] ws, Conv2dSpec spec) {
    long[] y = {xs[0], ws[0], spec.outputH(xs[2], ws[2]), spec.outputW(xs[3], ws[3])};
    int g = spec.groups();
    long[] grouped = g == 1 ? ws : new long[] {g, ws[0] / g, ws[1], ws[2], ws[3]};
    return new ConvGeometry(dtype, xs, grouped, y, spec);
  }

  long[] strides() {
    return new long[] {spec.strideH(), spec.strideW()};
  }

  long[] dilations() {
    return new long[] {spec.dilationH() - 1L, spec.dilationW() - 1L};
  }

  long[] padding() {
    return new long[] {spec.padH(), spec.padW()};
  }

  /** A picture itself stays as it is: to turn it takes longer than it saves. */
  memory.desc source() {
    return x[1] <= PICTURE ? OneDnnLayout.plain(dtype, x).desc : activation(x);
  }

  memory.desc result() {
    return activation(y);
  }

  /**
   * Large arrays lie with channels last: oneDNN's kernels for this order are the faster ones. They
   * add up all products of a result one after the other, those for blocks of channels in parts,
   * which rounds less: where time does not matter these are taken. With groups only these are fast.
   */
  private memory.desc activation(long[] shape) {
    return isLarge() ? OneDnnLayout.channelsLast(dtype, shape) : OneDnnLayout.any(dtype, shape);
  }

  private boolean isLarge() {
    return spec.groups() == 1
        && OneDnn.likesChannelsLast()
        && x[1] > PICTURE
        && Math.max(Shapes.numel(x), Shapes.numel(y)) >= CHANNELS_LAST;
  }

  OneDnnLayout channelsLast(long[] shape) {
    return OneDnnLayout.of(OneDnnLayout.channelsLast(dtype, shape), shape);
  }

  /** Returns the sizes for Winograd's algorithm, null where it does not pay. */
  WinogradSizes winograd() {
    return dtype == DType.FLOAT && isLarge() ? WinogradSizes.of(x, w, y, spec) : null;
  }

  memory.desc weight() {
    return OneDnnLayout.any(dtype, w);
  }

  Object key() {
    return List.of(dtype, box(x), box(w), spec);
  }

  private static Object box(long[] v) {
    return Arrays.stream(v).boxed().toList();
  }
}
