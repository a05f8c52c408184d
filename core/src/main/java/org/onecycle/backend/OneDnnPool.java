package org.onecycle.backend;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;

/** Pooling by oneDNN, on the layout in which the input comes. */
final class OneDnnPool implements PoolKernels {
  private final PoolKernels portable;

  OneDnnPool(PoolKernels portable) {
    this.portable = portable;
  }

  /** What the gradient of maxima needs: which cell won, in oneDNN's own form. */
  private record Winners(Geometry geometry, Array array) {}

  /** One pooling of one layout. */
  private record Geometry(
      OneDnnLayout x, long outH, long outW, Pool2dSpec spec, dnnl.algorithm algorithm) {

    long[] outShape() {
      return new long[] {x.shape[0], x.shape[1], outH, outW};
    }

    pooling_forward.primitive_desc forward() {
      return new pooling_forward.primitive_desc(
          OneDnn.engine(),
          dnnl.prop_kind.forward_training,
          algorithm,
          x.desc,
          OneDnnLayout.any(x.dtype, outShape()),
          strides(),
          kernel(),
          new long[] {0, 0},
          padding(),
          padding());
    }

    long[] strides() {
      return new long[] {spec.strideH(), spec.strideW()};
    }

    long[] kernel() {
      return new long[] {spec.kernelH(), spec.kernelW()};
    }

    long[] padding() {
      return new long[] {spec.padH(), spec.padW()};
    }
  }

  private record Forward(OneDnnCall call, OneDnnLayout y, memory.desc workspace) {}

  private record Backward(OneDnnCall call, OneDnnLayout dy, OneDnnLayout dx) {}

  private static boolean fits(Array x, Pool2dSpec spec) {
    return spec != null
        && OneDnnLayout.has(x.dtype())
        && x.numel() > 0
        && spec.dilationH() == 1
        && spec.dilationW() == 1
        && !spec.ceilMode();
  }

  private static Geometry geometry(Array x, Pool2dSpec spec, dnnl.algorithm algorithm) {
    return new Geometry(
        OneDnnLayout.of(x), spec.outputH(x.size(2)), spec.outputW(x.size(3)), spec, algorithm);
  }

  private static dnnl.algorithm average(Pool2dSpec spec) {
    return spec.countIncludePad()
        ? dnnl.algorithm.pooling_avg_include_padding
        : dnnl.algorithm.pooling_avg_exclude_padding;
  }

  /** Bins of equal size are ordinary windows; others are not, and give null. */
  private static Pool2dSpec bins(long height, long width, long outH, long outW) {
    if (outH == 0 || outW == 0 || height % outH != 0 || width % outW != 0) {
      return null;
    }
    int h = (int) (height / outH);
    int w = (int) (width / outW);
    return new Pool2dSpec(h, w, h, w, 0, 0, 1, 1, false, false);
  }

  private static Forward forward(Geometry g) {
    return OneDnnCall.cached(
        () -> {
          pooling_forward.primitive_desc pd = g.forward();
          OneDnnLayout y = OneDnnLayout.of(pd.dst_desc(), g.outShape());
          OneDnnCall call =
              new OneDnnCall(new pooling_forward(pd))
                  .with(dnnl.DNNL_ARG_SRC, g.x.desc)
                  .with(dnnl.DNNL_ARG_DST, y.desc);
          memory.desc workspace = null;
          if (g.algorithm == dnnl.algorithm.pooling_max) {
            workspace = pd.workspace_desc();
            call.with(dnnl.DNNL_ARG_WORKSPACE, workspace);
          }
          return new Forward(call, y, workspace);
        },
        "pool",
        g);
  }

  private static Backward backward(Geometry g) {
    return OneDnnCall.cached(
        () -> {
          Forward f = forward(g);
          pooling_backward.primitive_desc pd =
              new pooling_backward.primitive_desc(
                  OneDnn.engine(),
                  g.algorithm,
                  g.x.desc,
                  f.y.desc,
                  g.strides(),
                  g.kernel(),
                  new long[] {0, 0},
                  g.padding(),
                  g.padding(),
                  g.forward());
          OneDnnCall call =
              new OneDnnCall(new pooling_backward(pd))
                  .with(dnnl.DNNL_ARG_DIFF_DST, f.y.desc)
                  .with(dnnl.DNNL_ARG_DIFF_SRC, g.x.desc);
          if (f.workspace != null) {
            call.with(dnnl.DNNL_ARG_WORKSPACE, f.workspace);
          }
          return new Backward(call, f.y, g.x);
        },
        "pool grad",
        g);
  }

  private static Pooled max(Array x, Geometry g) {
    Forward f = forward(g);
    Array y = f.y.allocate(g.outShape());
    Array winners = Array.empty(DType.UINT8, Math.max(1, f.workspace.get_size()));
    f.call.run(x, y, winners);
    return new Pooled(y, new Winners(g, winners));
  }

  private static Array average(Array x, Geometry g) {
    Forward f = forward(g);
    Array y = f.y.allocate(g.outShape());
    f.call.run(x, y);
    return y;
  }

  private static Array grad(Array dy, Geometry g, Array winners) {
    Backward b = backward(g);
    Array dx = b.dx.allocate(b.dx.shape);
    try (Scope s = Scope.open()) {
      Array d = b.dy.convert(dy);
      if (winners == null) {
        b.call.run(d, dx);
      } else {
        b.call.run(d, dx, winners);
      }
    }
    return dx;
  }

  @Override
  public Pooled maxPool2d(Array x, Pool2dSpec spec, boolean wantGrad) {
    return fits(x, spec)
        ? max(x, geometry(x, spec, dnnl.algorithm.pooling_max))
        : portable.maxPool2d(x, spec, wantGrad);
  }

  @Override
  public Array maxPool2dGrad(Array dy, Array x, Object workspace, Pool2dSpec spec) {
    return workspace instanceof Winners w
        ? grad(dy, w.geometry, w.array)
        : portable.maxPool2dGrad(dy, x, workspace, spec);
  }

  @Override
  public Array avgPool2d(Array x, Pool2dSpec spec) {
    return fits(x, spec)
        ? average(x, geometry(x, spec, average(spec)))
        : portable.avgPool2d(x, spec);
  }

  @Override
  public Array avgPool2dGrad(Array dy, long[] shape, Pool2dSpec spec) {
    if (!fits(dy, spec)) {
      return portable.avgPool2dGrad(dy, shape, spec);
    }
    return grad(dy, averageOf(dy, shape, spec), null);
  }

  /** Without the input at hand its gradient gets the layout that the result's gradient has. */
  private static Geometry averageOf(Array dy, long[] shape, Pool2dSpec spec) {
    OneDnnLayout x = OneDnnLayout.like(OneDnnLayout.of(dy), shape);
    return new Geometry(x, dy.size(2), dy.size(3), spec, average(spec));
  }

  @Override
  public Array adaptiveAvgPool2d(Array x, long outH, long outW) {
    Pool2dSpec spec = bins(x.size(2), x.size(3), outH, outW);
    return fits(x, spec)
        ? average(x, geometry(x, spec, average(spec)))
        : portable.adaptiveAvgPool2d(x, outH, outW);
  }

  @Override
  public Array adaptiveAvgPool2dGrad(Array dy, long[] shape) {
    Pool2dSpec spec = bins(shape[2], shape[3], dy.size(2), dy.size(3));
    return fits(dy, spec)
        ? grad(dy, averageOf(dy, shape, spec), null)
        : portable.adaptiveAvgPool2dGrad(dy, shape);
  }

  @Override
  public Pooled adaptiveMaxPool2d(Array x, long outH, long outW, boolean wantGrad) {
    Pool2dSpec spec = bins(x.size(2), x.size(3), outH, outW);
    return fits(x, spec)
        ? max(x, geometry(x, spec, dnnl.algorithm.pooling_max))
        : portable.adaptiveMaxPool2d(x, outH, outW, wantGrad);
  }

  @Override
  public Array adaptiveMaxPool2dGrad(Array dy, long[] shape, Object workspace) {
    return workspace instanceof Winners w
        ? grad(dy, w.geometry, w.array)
        : portable.adaptiveMaxPool2dGrad(dy, shape, workspace);
  }
}
