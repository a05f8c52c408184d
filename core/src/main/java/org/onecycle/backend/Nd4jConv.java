package org.onecycle.backend;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.onecycle.array.Array;
import org.onecycle.array.Scope;

/**
 * {@link ConvKernels} on any ND4J device.
 *
 * <p>A transposed convolution is the gradient of a convolution by its input, so three native
 * operations serve for everything. Groups run one after another, except one channel a group.
 * Dilated kernels become larger ones with zeros in between, because ND4J describes dilation to
 * oneDNN with paddings that contradict it.
 */
final class Nd4jConv implements ConvKernels {
  private static final long WEIGHTS_OIHW = 1;

  @Override
  public Array conv2d(Array x, Array w, Array bias, Conv2dSpec s) {
    long[] shape = {
      x.size(0), w.size(0), s.outputH(x.size(2), w.size(2)), s.outputW(x.size(3), w.size(3))
    };
    if (isDilated(s)) {
      try (Scope scope = Scope.open()) {
        return scope.keep(conv2d(x, dilate(w, s), bias, s.withDilation(1)));
      }
    }
    Array out = Array.empty(x.dtype(), shape);
    if (out.numel() == 0) {
      return out;
    }
    if (isDepthwise(w, s)) {
      INDArray[] in = inputs(x.nd(), depthwise(w, s), bias == null ? null : bias.nd());
      NativeOp.of("depthwise_conv2d", arguments(w, s, 0)).run(new INDArray[] {out.nd()}, in);
      return out;
    }
    if (s.groups() == 1) {
      NativeOp op = NativeOp.of("conv2d", arguments(w, s, WEIGHTS_OIHW));
      return bias == null ? op.run(out, x, w) : op.run(out, x, w, bias);
    }
    try (Scope scope = Scope.open()) {
      Array[] parts = new Array[s.groups()];
      for (int g = 0; g < parts.length; g++) {
        Array b = bias == null ? null : rows(bias, g, s.groups());
        parts[g] = conv2d(channels(x, g, s.groups()), rows(w, g, s.groups()), b, one(s));
      }
      NativeOp.of("concat", 1).run(out, parts);
    }
    return out;
  }

  @Override
  public Grads conv2dGrad(Array dy, Array x, Array w, Conv2dSpec s, GradMask mask) {
    Array dx = mask.x() ? Array.empty(x.dtype(), x.shape()) : null;
    Array dw = mask.weight() ? Array.empty(w.dtype(), w.shape()) : null;
    backward(dy, x, x.shape(), w, s, dx, dw);
    return new Grads(dx, dw, mask.bias() ? Channels.sum(dy) : null);
  }

  @Override
  public Array convTranspose2d(
      Array x, Array w, Array bias, Conv2dSpec s, int outPadH, int outPadW) {
    long[] shape = {
      x.size(0),
      w.size(1) * s.groups(),
      s.transposedH(x.size(2), w.size(2), outPadH),
      s.transposedW(x.size(3), w.size(3), outPadW)
    };
    Array out = Array.empty(x.dtype(), shape);
    backward(x, null, shape, w, s, out, null);
    if (bias != null && out.numel() > 0) {
      NativeOp.of("add").run(out, out, bias.reshape(1, bias.size(0), 1, 1));
    }
    return out;
  }

  @Override
  public Grads convTranspose2dGrad(Array dy, Array x, Array w, Conv2dSpec s, GradMask mask) {
    try (Scope scope = Scope.open()) {
      // With output padding of a stride or more, dy has windows that belong to no element of x.
      long h = s.outputH(dy.size(2), w.size(2));
      long wide = s.outputW(dy.size(3), w.size(3));
      long[] windows = {x.size(0), x.size(1), h, wide};
      boolean fits = x.hasShape(windows);
      ShapeKernels shapes = Backends.current().shape();
      long[] step = {1, 1, 1, 1};
      Array dx = null;
      if (mask.x()) {
        dx = conv2d(dy, w, null, s);
        dx = scope.keep(fits ? dx : shapes.slice(dx, new long[4], x.shape(), step));
      }
      Array dw = null;
      if (mask.weight()) {
        dw = scope.keep(Array.empty(w.dtype(), w.shape()));
        Array in = fits ? x : shapes.sliceGrad(x, windows, new long[4], x.shape(), step);
        backward(in, dy, dy.shape(), w, s, null, dw);
      }
      return new Grads(dx, dw, mask.bias() ? scope.keep(Channels.sum(dy)) : null);
    }
  }

  /**
   * Computes a convolution's gradients.
   *
   * @param x may be null if dw is
   * @param dx where to write the input's gradient, or null
   * @param dw where to write the weight's gradient, or null
   */
  private void backward(
      Array dy, Array x, long[] xShape, Array w, Conv2dSpec s, Array dx, Array dw) {
    if (dx == null && dw == null) {
      return;
    }
    if (dy.numel() == 0) {
      zero(dx);
      zero(dw);
      return;
    }
    try (Scope scope = Scope.open()) {
      if (isDilated(s)) {
        Array large = dilate(w, s);
        Array dLarge = dw == null ? null : Array.empty(w.dtype(), large.shape());
        backward(dy, x, xShape, large, s.withDilation(1), dx, dLarge);
        if (dw != null) {
          long[] step = {1, 1, s.dilationH(), s.dilationW()};
          Array picked = Backends.current().shape().slice(dLarge, new long[4], large.shape(), step);
          Backends.current().elementwise().copy(picked, dw);
        }
      } else if (isDepthwise(w, s)) {
        depthwiseBackward(dy, x, xShape, w, s, dx, dw);
      } else if (s.groups() > 1) {
        groupsBackward(dy, x, xShape, w, s, dx, dw);
      } else if (dw == null) {
        inputBackward(dy, xShape, w, s, dx);
      } else {
        // No native operation computes dw alone.
        Array spare = dx == null ? Array.empty(x.dtype(), xShape) : dx;
        NativeOp.of("conv2d_bp", arguments(w, s, WEIGHTS_OIHW))
            .run(new Array[] {spare, dw}, x, w, dy);
      }
    }
  }

  private static void inputBackward(Array dy, long[] xShape, Array w, Conv2dSpec s, Array dx) {
    long height = s.transposedH(dy.size(2), w.size(2), 0);
    long width = s.transposedW(dy.size(3), w.size(3), 0);
    if (height == xShape[2] && width == xShape[3]) {
      NativeOp.of("deconv2d", arguments(w, s, WEIGHTS_OIHW)).run(dx, dy, w);
      return;
    }
    // The operation gives the smallest picture only: take the whole one and cut the padding off.
    Conv2dSpec bare = new Conv2dSpec(s.strideH(), s.strideW(), 0, 0, 1, 1, 1);
    long fullH = bare.transposedH(dy.size(2), w.size(2), 0);
    long fullW = bare.transposedW(dy.size(3), w.size(3), 0);
    Array full = Array.empty(dx.dtype(), xShape[0], xShape[1], fullH, fullW);
    NativeOp.of("deconv2d", arguments(w, bare, WEIGHTS_OIHW)).run(full, dy, w);
    long[] step = {1, 1, 1, 1};
    long[] begin = {0, 0, s.padH(), s.padW()};
    long[] end = {
      xShape[0],
      xShape[1],
      Math.min(fullH, s.padH() + xShape[2]),
      Math.min(fullW, s.padW() + xShape[3])
    };
    Array part = Backends.current().shape().slice(full, begin, end, step);
    Array whole =
        Backends.current().shape().sliceGrad(part, xShape, new long[4], part.shape(), step);
    Backends.current().elementwise().copy(whole, dx);
  }

  private void groupsBackward(
      Array dy, Array x, long[] xShape, Array w, Conv2dSpec s, Array dx, Array dw) {
    int groups = s.groups();
    long[] part = xShape.clone();
    part[1] /= groups;
    Array[] dxs = new Array[groups];
    for (int g = 0; g < groups; g++) {
      dxs[g] = dx == null ? null : Array.empty(dx.dtype(), part);
      Array xg = x == null ? null : channels(x, g, groups);
      Array dwg = dw == null ? null : rows(dw, g, groups);
      backward(channels(dy, g, groups), xg, part, rows(w, g, groups), one(s), dxs[g], dwg);
    }
    if (dx != null) {
      NativeOp.of("concat", 1).run(dx, dxs);
    }
  }

  private static void depthwiseBackward(
      Array dy, Array x, long[] xShape, Array w, Conv2dSpec s, Array dx, Array dw) {
    // The input only enters the weight's gradient; where that is not wanted any values do.
    Array in = x == null ? zero(Array.empty(dy.dtype(), xShape)) : x;
    Array spare = dx == null ? Array.empty(dy.dtype(), xShape) : dx;
    INDArray kernels = depthwise(w, s);
    Array dk = Array.empty(w.dtype(), kernels.shape());
    NativeOp.of("depthwise_conv2d_bp", arguments(w, s, 0))
        .run(new INDArray[] {spare.nd(), dk.nd()}, in.nd(), kernels, dy.nd());
    if (dw != null) {
      Array flat = Backends.current().shape().permute(dk, new int[] {2, 3, 0, 1});
      Backends.current().elementwise().copy(flat.reshape(w.shape()), dw);
    }
  }

  private static boolean isDilated(Conv2dSpec s) {
    return s.dilationH() > 1 || s.dilationW() > 1;
  }

  private static Array dilate(Array w, Conv2dSpec s) {
    long[] shape = w.shape();
    shape[2] = (shape[2] - 1) * s.dilationH() + 1;
    shape[3] = (shape[3] - 1) * s.dilationW() + 1;
    long[] step = {1, 1, s.dilationH(), s.dilationW()};
    return Backends.current().shape().sliceGrad(w, shape, new long[4], shape, step);
  }

  private static boolean isDepthwise(Array w, Conv2dSpec s) {
    return s.groups() > 1 && w.size(1) == 1 && w.size(0) % s.groups() == 0;
  }

  /** Returns {@code [in * m, 1, kh, kw]} as the {@code [kh, kw, in, m]} that ND4J takes. */
  private static INDArray depthwise(Array w, Conv2dSpec s) {
    long m = w.size(0) / s.groups();
    return w.reshape(s.groups(), m, w.size(2), w.size(3)).nd().permute(2, 3, 0, 1);
  }

  private static INDArray[] inputs(INDArray x, INDArray w, INDArray bias) {
    return bias == null ? new INDArray[] {x, w} : new INDArray[] {x, w, bias};
  }

  private static long[] arguments(Array w, Conv2dSpec s, long weightsFormat) {
    return new long[] {
      w.size(2),
      w.size(3),
      s.strideH(),
      s.strideW(),
      s.padH(),
      s.padW(),
      s.dilationH(),
      s.dilationW(),
      0,
      0,
      weightsFormat
    };
  }

  private static Conv2dSpec one(Conv2dSpec s) {
    return s.withGroups(1);
  }

  private static Array channels(Array x, int g, int groups) {
    long size = x.size(1) / groups;
    long[] begin = new long[x.rank()];
    long[] end = x.shape();
    long[] step = new long[x.rank()];
    Arrays.fill(step, 1);
    begin[1] = g * size;
    end[1] = (g + 1) * size;
    return Backends.current().shape().slice(x, begin, end, step);
  }

  private static Array rows(Array w, int g, int groups) {
    long[] shape = w.shape();
    shape[0] /= groups;
    return w.view(g * (w.numel() / groups), shape);
  }

  private static Array zero(Array target) {
    if (target != null) {
      Backends.current().elementwise().fill(target, 0);
    }
    return target;
  }
}
