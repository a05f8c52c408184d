package org.onecycle.backend;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;

/** Convolutions by oneDNN, which choose the layouts of their arguments themselves. */
final class OneDnnConv implements ConvKernels {
  private final ConvKernels portable;

  OneDnnConv(ConvKernels portable) {
    this.portable = portable;
  }

  private record Forward(
      convolution_forward.primitive_desc desc,
      OneDnnCall call,
      OneDnnLayout x,
      OneDnnLayout w,
      OneDnnLayout y) {}

  private record Backward(OneDnnCall call, OneDnnLayout a, OneDnnLayout b, OneDnnLayout out) {}

  private static boolean fits(Array x, Array w) {
    return OneDnnLayout.has(x.dtype())
        && w.dtype() == DType.FLOAT
        && x.numel() > 0
        && w.numel() > 0;
  }

  private static Forward forward(ConvGeometry g, boolean bias) {
    return OneDnnCall.cached(
        () -> {
          memory.desc b = bias ? OneDnnLayout.plain(g.y()[1]).desc : new memory.desc();
          convolution_forward.primitive_desc pd =
              new convolution_forward.primitive_desc(
                  OneDnn.engine(),
                  dnnl.prop_kind.forward_training,
                  dnnl.algorithm.convolution_direct,
                  g.source(),
                  g.weight(),
                  b,
                  g.result(),
                  g.strides(),
                  g.dilations(),
                  g.padding(),
                  g.padding());
          OneDnnLayout x = OneDnnLayout.of(pd.src_desc(), g.x());
          OneDnnLayout w = OneDnnLayout.of(pd.weights_desc(), g.w());
          OneDnnLayout y = OneDnnLayout.of(pd.dst_desc(), g.y());
          OneDnnCall call =
              new OneDnnCall(new convolution_forward(pd))
                  .with(dnnl.DNNL_ARG_SRC, x.desc)
                  .with(dnnl.DNNL_ARG_WEIGHTS, w.desc)
                  .with(dnnl.DNNL_ARG_DST, y.desc);
          if (bias) {
            call.with(dnnl.DNNL_ARG_BIAS, b);
          }
          return new Forward(pd, call, x, w, y);
        },
        "conv",
        g.key(),
        bias);
  }

  private static Backward byInput(ConvGeometry g) {
    return OneDnnCall.cached(
        () -> {
          convolution_backward_data.primitive_desc pd =
              new convolution_backward_data.primitive_desc(
                  OneDnn.engine(),
                  dnnl.algorithm.convolution_direct,
                  g.source(),
                  g.weight(),
                  g.result(),
                  g.strides(),
                  g.dilations(),
                  g.padding(),
                  g.padding(),
                  forward(g, false).desc);
          OneDnnLayout dx = OneDnnLayout.of(pd.diff_src_desc(), g.x());
          OneDnnLayout w = OneDnnLayout.of(pd.weights_desc(), g.w());
          OneDnnLayout dy = OneDnnLayout.of(pd.diff_dst_desc(), g.y());
          OneDnnCall call =
              new OneDnnCall(new convolution_backward_data(pd))
                  .with(dnnl.DNNL_ARG_DIFF_DST, dy.desc)
                  .with(dnnl.DNNL_ARG_WEIGHTS, w.desc)
                  .with(dnnl.DNNL_ARG_DIFF_SRC, dx.desc);
          return new Backward(call, dy, w, dx);
        },
        "conv by input",
        g.key());
  }

  private static Backward byWeight(ConvGeometry g, boolean bias) {
    return OneDnnCall.cached(
        () -> {
          memory.desc b = bias ? OneDnnLayout.plain(g.y()[1]).desc : new memory.desc();
          convolution_backward_weights.primitive_desc pd =
              new convolution_backward_weights.primitive_desc(
                  OneDnn.engine(),
                  dnnl.algorithm.convolution_direct,
                  g.source(),
                  // The gradient of a weight is FLOAT as the weight is.
                  OneDnnLayout.any(DType.FLOAT, g.w()),
                  b,
                  g.result(),
                  g.strides(),
                  g.dilations(),
                  g.padding(),
                  g.padding(),
                  forward(g, bias).desc);
          OneDnnLayout x = OneDnnLayout.of(pd.src_desc(), g.x());
          OneDnnLayout dw = OneDnnLayout.of(pd.diff_weights_desc(), g.w());
          OneDnnLayout dy = OneDnnLayout.of(pd.diff_dst_desc(), g.y());
          OneDnnCall call =
              new OneDnnCall(new convolution_backward_weights(pd))
                  .with(dnnl.DNNL_ARG_DIFF_DST, dy.desc)
                  .with(dnnl.DNNL_ARG_SRC, x.desc)
                  .with(dnnl.DNNL_ARG_DIFF_WEIGHTS, dw.desc);
          if (bias) {
            call.with(dnnl.DNNL_ARG_DIFF_BIAS, b);
          }
          return new Backward(call, dy, x, dw);
        },
        "conv by weight",
        g.key(),
        bias);
  }

  @Override
  public Array conv2d(Array x, Array w, Array bias, Conv2dSpec spec) {
    if (!fits(x, w)) {
      return portable.conv2d(x, w, bias, spec);
    }
    ConvGeometry g = ConvGeometry.of(x, w, spec);
    Array tiled = byTiles(g, x, w.plain(), bias, null, false);
    if (tiled != null) {
      return tiled;
    }
    Forward f = forward(g, bias != null);
    Array out = f.y.allocate(g.y());
    try (Scope s = Scope.open()) {
      Array xs = f.x.convert(x);
      Array ws = f.w.convert(kernel(w, g));
      if (bias == null) {
        f.call.run(xs, ws, out);
      } else {
        f.call.run(xs, ws, out, bias.plain());
      }
    }
    return out;
  }

  @Override
  public Grads conv2dGrad(Array dy, Array x, Array w, Conv2dSpec spec, GradMask mask) {
    if (!fits(x, w)) {
      return portable.conv2dGrad(dy, x, w, spec, mask);
    }
    ConvGeometry g = ConvGeometry.of(x, w, spec);
    WinogradSizes sizes = g.winograd();
    if (sizes != null) {
      return winogradGrad(sizes, g, dy, x, w, mask);
    }
    Array dx = null;
    Array dw = null;
    Array db = null;
    try (Scope s = Scope.open()) {
      Array d = dy;
      if (mask.weight() || mask.bias()) {
        // The sum over channels that stand last is a slow step of the convolution's own.
        boolean apart = mask.bias() && byWeight(g, false).a.isLast();
        Backward back = byWeight(g, mask.bias() && !apart);
        d = back.a.convert(dy);
        if (apart) {
          db = s.keep(sumRows(d));
        }
        if (mask.weight() || !apart) {
          Array packed = back.out.allocate(g.w());
          if (mask.bias() && !apart) {
            db = s.keep(Array.empty(DType.FLOAT, g.y()[1]));
            back.call.run(d, back.b.convert(x), packed, db);
          } else {
            back.call.run(d, back.b.convert(x), packed);
          }
          dw = mask.weight() ? s.keep(packed.plain().reshape(w.shape())) : null;
        }
      }
      if (mask.x()) {
        Backward back = byInput(g);
        dx = s.keep(back.out.allocate(g.x()));
        back.call.run(back.a.convert(d), back.b.convert(kernel(w, g)), dx);
      }
    }
    return new Grads(dx, dw, db);
  }

  private static Grads winogradGrad(
      WinogradSizes sizes, ConvGeometry g, Array dy, Array x, Array w, GradMask mask) {
    Array dx = null;
    Array dw = null;
    Array db = null;
    try (Scope s = Scope.open()) {
      Array d = g.channelsLast(g.y()).convert(dy);
      if (mask.bias()) {
        db = s.keep(sumRows(d));
      }
      if (mask.weight() && !sizes.sumsByPlanes()) {
        dw = s.keep(weightGrad(g, d, x).reshape(w.shape()));
      } else if (mask.weight()) {
        dw = s.keep(Array.empty(DType.FLOAT, w.shape()));
        OneDnnWinograd.byWeight(sizes, d, g.channelsLast(g.x()).convert(x), dw);
      }
      if (mask.x()) {
        dx = s.keep(g.channelsLast(g.x()).allocate(g.x()));
        OneDnnWinograd.byInput(sizes, d, w.plain(), dx);
      }
    }
    return new Grads(dx, dw, db);
  }

  /** Returns the gradient by the weight alone, plain. */
  private static Array weightGrad(ConvGeometry g, Array dy, Array x) {
    Backward back = byWeight(g, false);
    Array packed = back.out.allocate(g.w());
    back.call.run(back.a.convert(dy), back.b.convert(x), packed);
    return packed.plain();
  }

  /** Returns the sum of each channel of pictures whose channels stand last, as a product. */
  private static Array sumRows(Array dy) {
    long channels = dy.size(1);
    long rows = dy.numel() / channels;
    Array ones = Array.empty(dy.dtype(), 1, rows);
    Backends.current().elementwise().fill(ones, 1);
    Array sum = Array.empty(DType.FLOAT, channels);
    OneDnnCall.cached(
            () -> {
              memory.desc a = OneDnnLayout.plain(dy.dtype(), 1, rows).desc;
              memory.desc b = OneDnnLayout.plain(dy.dtype(), rows, channels).desc;
              memory.desc c = OneDnnLayout.plain(1, channels).desc;
              return new OneDnnCall(new matmul(new matmul.primitive_desc(OneDnn.engine(), a, b, c)))
                  .with(dnnl.DNNL_ARG_SRC, a)
                  .with(dnnl.DNNL_ARG_WEIGHTS, b)
                  .with(dnnl.DNNL_ARG_DST, c);
            },
            "sum rows",
            dy.dtype(),
            rows,
            channels)
        .run(ones, dy, sum);
    return sum;
  }

  private record Summed(OneDnnCall call, OneDnnLayout x, OneDnnLayout w, OneDnnLayout y) {}

  private static Summed summed(ConvGeometry g, boolean addend, boolean relu) {
    return OneDnnCall.cached(
        () -> {
          // The layouts are those of training, so that the addend most likely has the result's.
          Forward f = forward(g, true);
          post_ops after = new post_ops();
          if (addend) {
            after.append_binary(dnnl.algorithm.binary_add, f.y.desc);
          }
          if (relu) {
            after.append_eltwise(dnnl.algorithm.eltwise_relu, 0, 0);
          }
          primitive_attr attr = new primitive_attr();
          attr.set_post_ops(after);
          memory.desc b = OneDnnLayout.plain(g.y()[1]).desc;
          convolution_forward.primitive_desc pd =
              new convolution_forward.primitive_desc(
                  OneDnn.engine(),
                  dnnl.prop_kind.forward_inference,
                  dnnl.algorithm.convolution_direct,
                  g.source(),
                  g.weight(),
                  b,
                  f.y.desc,
                  g.strides(),
                  g.dilations(),
                  g.padding(),
                  g.padding(),
                  attr,
                  false);
          OneDnnLayout x = OneDnnLayout.of(pd.src_desc(), g.x());
          OneDnnLayout w = OneDnnLayout.of(pd.weights_desc(), g.w());
          OneDnnCall call =
              new OneDnnCall(new convolution_forward(pd))
                  .with(dnnl.DNNL_ARG_SRC, x.desc)
                  .with(dnnl.DNNL_ARG_WEIGHTS, w.desc)
                  .with(dnnl.DNNL_ARG_BIAS, b)
                  .with(dnnl.DNNL_ARG_DST, f.y.desc);
          if (addend) {
            call.with(dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1, f.y.desc);
          }
          return new Summed(call, x, w, f.y);
        },
        "conv sum",
        g.key(),
        addend,
        relu);
  }

  @Override
  public Array forSum(Array w, Conv2dSpec spec, Array x) {
    if (!fits(x, w) || x.dtype() != DType.FLOAT) {
      return w;
    }
    ConvGeometry g = ConvGeometry.of(x, w, spec);
    WinogradSizes sizes = g.winograd();
    if (sizes != null) {
      try (Scope out = Scope.outside()) {
        return OneDnnWinograd.pack(sizes, w.plain());
      }
    }
    OneDnnLayout wanted = summed(g, false, true).w;
    try (Scope out = Scope.outside()) {
      Array packed = wanted.allocate(w.shape());
      OneDnnCall.reorder(OneDnnLayout.plain(g.w()), wanted).run(w.plain(), packed);
      return packed;
    }
  }

  @Override
  public Array conv2dSum(
      Array x, Array w, Array bias, Conv2dSpec spec, Array addend, boolean relu) {
    if (!fits(x, w) || (addend != null && addend.dtype() != x.dtype())) {
      return portable.conv2dSum(x, w, bias, spec, addend, relu);
    }
    ConvGeometry g = ConvGeometry.of(x, w, spec);
    Array tiled = byTiles(g, x, w, bias, addend, relu);
    if (tiled != null) {
      return tiled;
    }
    Summed f = summed(g, addend != null, relu);
    Array out = f.y.allocate(g.y());
    try (Scope s = Scope.open()) {
      Array xs = f.x.convert(x);
      Array ws = w.layout() == f.w ? w : f.w.convert(plainKernel(w, g));
      if (addend == null) {
        f.call.run(xs, ws, bias.plain(), out);
      } else {
        f.call.run(xs, ws, bias.plain(), out, f.y.convert(addend));
      }
    }
    return out;
  }

  /**
   * Returns a kernel in C order and the type of the convolution. To round it first, element after
   * element, and to turn half as many bytes then is faster than both at once.
   */
  private static Array kernel(Array w, ConvGeometry g) {
    return OneDnnLayout.plain(g.dtype(), g.w()).convert(w.plain().reshape(g.w()));
  }

  /** Returns {@link #conv2dSum} by Winograd's algorithm; null where it does not pay. */
  private static Array byTiles(
      ConvGeometry g, Array x, Array w, Array bias, Array addend, boolean relu) {
    boolean packed = w.layout() instanceof WinogradKernels;
    WinogradSizes sizes = packed || w.layout() == null ? g.winograd() : null;
    if (sizes == null || (packed && !OneDnnWinograd.fits(sizes, w))) {
      return null;
    }
    Array y = g.channelsLast(g.y()).allocate(g.y());
    try (Scope s = Scope.open()) {
      Array xs = g.channelsLast(g.x()).convert(x);
      Array planes = packed ? w : OneDnnWinograd.pack(sizes, w);
      Array added = addend == null ? null : g.channelsLast(g.y()).convert(addend);
      OneDnnWinograd.run(sizes, xs, planes, bias, added, relu, y);
    }
    return y;
  }

  /** Returns a kernel as {@link OneDnnLayout#convert} takes it, without changing the packed one. */
  private static Array plainKernel(Array w, ConvGeometry g) {
    if (w.layout() instanceof OneDnnLayout) {
      return w;
    }
    Array plain = w;
    if (w.layout() != null) {
      plain = Array.empty(DType.FLOAT, w.shape());
      w.layout().unpack(w, plain);
    }
    return plain.reshape(g.w());
  }

  /**
   * The convolution of which a transposed one is the gradient by the input; null if the transposed
   * one's input has another size than that convolution's result.
   */
  private static ConvGeometry reversed(Array x, long[] out, Array w, Conv2dSpec spec) {
    if (!fits(x, w)) {
      return null;
    }
    ConvGeometry g = ConvGeometry.of(x.dtype(), out, w.shape(), spec);
    return x.hasShape(g.y()) ? g : null;
  }

  @Override
  public Array convTranspose2d(
      Array x, Array w, Array bias, Conv2dSpec spec, int outPadH, int outPadW) {
    long[] out = {
      x.size(0),
      w.size(1) * spec.groups(),
      spec.transposedH(x.size(2), w.size(2), outPadH),
      spec.transposedW(x.size(3), w.size(3), outPadW)
    };
    ConvGeometry g = reversed(x, out, w, spec);
    if (g == null) {
      return portable.convTranspose2d(x, w, bias, spec, outPadH, outPadW);
    }
    Backward back = byInput(g);
    Array y = back.out.allocate(out);
    try (Scope s = Scope.open()) {
      back.call.run(back.a.convert(x), back.b.convert(kernel(w, g)), y);
      if (bias != null) {
        OneDnnElementwise.addChannels(y, bias);
      }
    }
    return y;
  }

  @Override
  public Grads convTranspose2dGrad(Array dy, Array x, Array w, Conv2dSpec spec, GradMask mask) {
    ConvGeometry g = reversed(x, dy.shape(), w, spec);
    if (g == null || dy.dtype() != x.dtype()) {
      return portable.convTranspose2dGrad(dy, x, w, spec, mask);
    }
    Array dx = mask.x() ? conv2d(dy, w, null, spec) : null;
    Array dw = null;
    try (Scope s = Scope.open()) {
      if (mask.weight()) {
        dw = s.keep(weightGrad(g, x, dy).reshape(w.shape()));
      }
    }
    return new Grads(dx, dw, mask.bias() ? Channels.sum(wide(dy)) : null);
  }

  private static Array wide(Array a) {
    return Backends.current().elementwise().cast(a, DType.FLOAT);
  }
}
