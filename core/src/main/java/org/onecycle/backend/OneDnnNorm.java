package org.onecycle.backend;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;

/** Batch normalisation by oneDNN, on the layout in which the input comes. */
final class OneDnnNorm implements NormKernels {
  private final NormKernels portable;

  OneDnnNorm(NormKernels portable) {
    this.portable = portable;
  }

  /** One kind of batch normalisation: layout, epsilon and which arguments there are. */
  private record Kind(
      OneDnnLayout layout, float eps, boolean scale, boolean shift, boolean fixed, boolean relu) {
    int flags() {
      return (scale ? dnnl.normalization_flags.use_scale.value : 0)
          | (shift ? dnnl.normalization_flags.use_shift.value : 0)
          | (fixed ? dnnl.normalization_flags.use_global_stats.value : 0)
          | (relu ? dnnl.normalization_flags.fuse_norm_relu.value : 0);
    }

    batch_normalization_forward.primitive_desc forward(boolean inference) {
      dnnl.prop_kind prop =
          inference ? dnnl.prop_kind.forward_inference : dnnl.prop_kind.forward_training;
      return new batch_normalization_forward.primitive_desc(
          OneDnn.engine(), prop.value, layout.desc, layout.desc, eps, flags());
    }

    OneDnnLayout channels() {
      return OneDnnLayout.plain(layout.shape[1]);
    }
  }

  private static boolean fits(Array x, Array weight, Array bias) {
    return OneDnnLayout.has(x.dtype())
        && x.numel() > 0
        && x.rank() <= 5
        && (weight == null || weight.dtype() == DType.FLOAT)
        && (bias == null || bias.dtype() == DType.FLOAT);
  }

  /** A forward primitive and the size of what it leaves for its gradient, in bytes. */
  private record Forward(OneDnnCall call, long workspace) {}

  private static Forward forward(Kind kind) {
    return OneDnnCall.cached(
        () -> {
          batch_normalization_forward.primitive_desc pd = kind.forward(kind.fixed);
          OneDnnCall call =
              new OneDnnCall(new batch_normalization_forward(pd))
                  .with(dnnl.DNNL_ARG_SRC, kind.layout.desc)
                  .with(dnnl.DNNL_ARG_DST, kind.layout.desc)
                  .with(dnnl.DNNL_ARG_MEAN, kind.channels().desc)
                  .with(dnnl.DNNL_ARG_VARIANCE, kind.channels().desc);
          if (kind.scale) {
            call.with(dnnl.DNNL_ARG_SCALE, kind.channels().desc);
          }
          if (kind.shift) {
            call.with(dnnl.DNNL_ARG_SHIFT, kind.channels().desc);
          }
          if (!kind.relu) {
            return new Forward(call, 0);
          }
          memory.desc w = pd.workspace_desc();
          return new Forward(call.with(dnnl.DNNL_ARG_WORKSPACE, w), w.get_size());
        },
        "batch norm",
        kind);
  }

  /** Runs on what there is: nulls among the last ones are left out. */
  private static void run(Kind kind, Array x, Array y, Array mean, Array variance, Array... more) {
    List<Array> all = new ArrayList<>(List.of(x, y, mean, variance));
    for (Array a : more) {
      if (a != null) {
        all.add(a.plain());
      }
    }
    forward(kind).call.run(all.toArray(new Array[0]));
  }

  @Override
  public Normalized batchNorm(Array x, Array weight, Array bias, double eps) {
    if (!fits(x, weight, bias)) {
      return portable.batchNorm(x, weight, bias, eps);
    }
    return MatrixNorm.fits(x)
        ? MatrixNorm.forward(x, weight, bias, eps)
        : byBatch(x, weight, bias, eps, false);
  }

  @Override
  public Normalized batchNormRelu(Array x, Array weight, Array bias, double eps) {
    return fits(x, weight, bias) && !MatrixNorm.fits(x)
        ? byBatch(x, weight, bias, eps, true)
        : NormKernels.super.batchNormRelu(x, weight, bias, eps);
  }

  private static Normalized byBatch(Array x, Array weight, Array bias, double eps, boolean relu) {
    OneDnnLayout layout = OneDnnLayout.of(x);
    Array mean = Array.empty(DType.FLOAT, x.size(1));
    Array variance = Array.empty(DType.FLOAT, x.size(1));
    Array y = layout.allocate(x.shape());
    Kind kind = new Kind(layout, (float) eps, weight != null, bias != null, false, relu);
    Array mask = relu ? Array.empty(DType.UINT8, forward(kind).workspace) : null;
    run(kind, x, y, mean, variance, weight, bias, mask);
    return new Normalized(y, new Stats(mean, variance, mask));
  }

  @Override
  public Array batchNormFixed(
      Array x, Array weight, Array bias, Array mean, Array variance, double eps) {
    if (!fits(x, weight, bias)) {
      return portable.batchNormFixed(x, weight, bias, mean, variance, eps);
    }
    OneDnnLayout layout = OneDnnLayout.of(x);
    Array y = layout.allocate(x.shape());
    Kind kind = new Kind(layout, (float) eps, weight != null, bias != null, true, false);
    run(kind, x, y, mean.plain(), variance.plain(), weight, bias);
    return y;
  }

  @Override
  public Grads batchNormGrad(
      Array dy, Array x, Array weight, Stats stats, double eps, GradMask mask) {
    if (!fits(x, weight, null) || dy.dtype() != x.dtype()) {
      return portable.batchNormGrad(dy, x, weight, stats, eps, mask);
    }
    if (MatrixNorm.made(stats)) {
      return MatrixNorm.backward(dy, x, weight, stats, mask);
    }
    return grad(dy, x, weight, stats.mean(), stats.variance(), null, eps, mask, false);
  }

  @Override
  public Grads batchNormReluGrad(
      Array dy, Array x, Array y, Array weight, Stats stats, double eps, GradMask mask) {
    return stats.workspace() instanceof Array positive
        ? grad(dy, x, weight, stats.mean(), stats.variance(), positive, eps, mask, false)
        : NormKernels.super.batchNormReluGrad(dy, x, y, weight, stats, eps, mask);
  }

  @Override
  public Grads batchNormFixedGrad(
      Array dy, Array x, Array weight, Array mean, Array variance, double eps, GradMask mask) {
    if (!fits(x, weight, null) || dy.dtype() != x.dtype()) {
      return portable.batchNormFixedGrad(dy, x, weight, mean, variance, eps, mask);
    }
    return grad(dy, x, weight, mean.plain(), variance.plain(), null, eps, mask, true);
  }

  private static OneDnnCall backward(Kind kind) {
    memory.desc l = kind.layout.desc;
    memory.desc channels = kind.channels().desc;
    batch_normalization_forward.primitive_desc forward = kind.forward(false);
    batch_normalization_backward.primitive_desc pd =
        new batch_normalization_backward.primitive_desc(
            OneDnn.engine(),
            dnnl.prop_kind.backward.value,
            l,
            l,
            l,
            kind.eps,
            kind.flags(),
            forward);
    OneDnnCall call =
        new OneDnnCall(new batch_normalization_backward(pd))
            .with(dnnl.DNNL_ARG_SRC, l)
            .with(dnnl.DNNL_ARG_DIFF_DST, l)
            .with(dnnl.DNNL_ARG_MEAN, channels)
            .with(dnnl.DNNL_ARG_VARIANCE, channels)
            .with(dnnl.DNNL_ARG_SCALE, channels)
            .with(dnnl.DNNL_ARG_DIFF_SRC, l)
            .with(dnnl.DNNL_ARG_DIFF_SCALE, channels)
            .with(dnnl.DNNL_ARG_DIFF_SHIFT, channels);
    return kind.relu ? call.with(dnnl.DNNL_ARG_WORKSPACE, forward.workspace_desc()) : call;
  }

  private static Grads grad(
      Array dy,
      Array x,
      Array weight,
      Array mean,
      Array variance,
      Array positive,
      double eps,
      GradMask mask,
      boolean fixed) {
    OneDnnLayout layout = OneDnnLayout.of(x);
    Kind kind = new Kind(layout, (float) eps, true, true, fixed, positive != null);
    OneDnnCall call = OneDnnCall.cached(() -> backward(kind), "batch norm grad", kind);
    try (Scope s = Scope.open()) {
      Array scale = weight == null ? Array.empty(DType.FLOAT, x.size(1)) : weight.plain();
      if (weight == null) {
        Backends.current().elementwise().fill(scale, 1);
      }
      Array dx = layout.allocate(x.shape());
      Array dw = Array.empty(DType.FLOAT, x.size(1));
      Array db = Array.empty(DType.FLOAT, x.size(1));
      Array d = layout.convert(dy);
      if (positive == null) {
        call.run(x, d, mean, variance, scale, dx, dw, db);
      } else {
        call.run(x, d, mean, variance, scale, dx, dw, db, positive);
      }
      return new Grads(
          mask.x() ? s.keep(dx) : null,
          mask.weight() ? s.keep(dw) : null,
          mask.bias() ? s.keep(db) : null);
    }
  }

  @Override
  public Normalized layerNorm(Array x, Array weight, Array bias, double eps) {
    return OneDnnLayerNorm.fits(x, weight, bias)
        ? OneDnnLayerNorm.forward(x, weight, bias, eps)
        : portable.layerNorm(x, weight, bias, eps);
  }

  @Override
  public Grads layerNormGrad(
      Array dy, Array x, Array weight, Stats stats, double eps, GradMask mask) {
    return OneDnnLayerNorm.fits(x, weight, dy)
        ? OneDnnLayerNorm.backward(dy, x, weight, stats, eps, mask)
        : portable.layerNormGrad(dy, x, weight, stats, eps, mask);
  }
}
