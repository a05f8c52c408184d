package org.onecycle.backend;

import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
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
  private record Kind(OneDnnLayout layout, float eps, boolean scale, boolean shift, boolean fixed) {
    int flags() {
      return (scale ? dnnl.normalization_flags.use_scale.value : 0)
          | (shift ? dnnl.normalization_flags.use_shift.value : 0)
          | (fixed ? dnnl.normalization_flags.use_global_stats.value : 0);
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
    return x.dtype() == DType.FLOAT
        && x.numel() > 0
        && x.rank() <= 5
        && (weight == null || weight.dtype() == DType.FLOAT)
        && (bias == null || bias.dtype() == DType.FLOAT);
  }

  private static OneDnnCall forward(Kind kind) {
    return OneDnnCall.cached(
        () -> {
          OneDnnCall call =
              new OneDnnCall(new batch_normalization_forward(kind.forward(kind.fixed)))
                  .with(dnnl.DNNL_ARG_SRC, kind.layout.desc)
                  .with(dnnl.DNNL_ARG_DST, kind.layout.desc)
                  .with(dnnl.DNNL_ARG_MEAN, kind.channels().desc)
                  .with(dnnl.DNNL_ARG_VARIANCE, kind.channels().desc);
          if (kind.scale) {
            call.with(dnnl.DNNL_ARG_SCALE, kind.channels().desc);
          }
          return kind.shift ? call.with(dnnl.DNNL_ARG_SHIFT, kind.channels().desc) : call;
        },
        "batch norm",
        kind);
  }

  private static void run(
      Kind kind, Array x, Array y, Array mean, Array variance, Array weight, Array bias) {
    OneDnnCall call = forward(kind);
    if (kind.scale && kind.shift) {
      call.run(x, y, mean, variance, weight.plain(), bias.plain());
    } else if (kind.scale || kind.shift) {
      call.run(x, y, mean, variance, (kind.scale ? weight : bias).plain());
    } else {
      call.run(x, y, mean, variance);
    }
  }

  @Override
  public Normalized batchNorm(Array x, Array weight, Array bias, double eps) {
    if (!fits(x, weight, bias)) {
      return portable.batchNorm(x, weight, bias, eps);
    }
    if (MatrixNorm.fits(x)) {
      return MatrixNorm.forward(x, weight, bias, eps);
    }
    OneDnnLayout layout = OneDnnLayout.of(x);
    Array mean = Array.empty(DType.FLOAT, x.size(1));
    Array variance = Array.empty(DType.FLOAT, x.size(1));
    Array y = layout.allocate(x.shape());
    Kind kind = new Kind(layout, (float) eps, weight != null, bias != null, false);
    run(kind, x, y, mean, variance, weight, bias);
    return new Normalized(y, new Stats(mean, variance, null));
  }

  @Override
  public Array batchNormFixed(
      Array x, Array weight, Array bias, Array mean, Array variance, double eps) {
    if (!fits(x, weight, bias)) {
      return portable.batchNormFixed(x, weight, bias, mean, variance, eps);
    }
    OneDnnLayout layout = OneDnnLayout.of(x);
    Array y = layout.allocate(x.shape());
    Kind kind = new Kind(layout, (float) eps, weight != null, bias != null, true);
    run(kind, x, y, mean.plain(), variance.plain(), weight, bias);
    return y;
  }

  @Override
  public Grads batchNormGrad(
      Array dy, Array x, Array weight, Stats stats, double eps, GradMask mask) {
    if (!fits(x, weight, null) || dy.dtype() != DType.FLOAT) {
      return portable.batchNormGrad(dy, x, weight, stats, eps, mask);
    }
    if (MatrixNorm.made(stats)) {
      return MatrixNorm.backward(dy, x, weight, stats, mask);
    }
    return grad(dy, x, weight, stats.mean(), stats.variance(), eps, mask, false);
  }

  @Override
  public Grads batchNormFixedGrad(
      Array dy, Array x, Array weight, Array mean, Array variance, double eps, GradMask mask) {
    if (!fits(x, weight, null) || dy.dtype() != DType.FLOAT) {
      return portable.batchNormFixedGrad(dy, x, weight, mean, variance, eps, mask);
    }
    return grad(dy, x, weight, mean.plain(), variance.plain(), eps, mask, true);
  }

  private static Grads grad(
      Array dy,
      Array x,
      Array weight,
      Array mean,
      Array variance,
      double eps,
      GradMask mask,
      boolean fixed) {
    OneDnnLayout layout = OneDnnLayout.of(x);
    Kind kind = new Kind(layout, (float) eps, true, true, fixed);
    OneDnnCall call =
        OneDnnCall.cached(
            () ->
                new OneDnnCall(
                        new batch_normalization_backward(
                            new batch_normalization_backward.primitive_desc(
                                OneDnn.engine(),
                                dnnl.prop_kind.backward.value,
                                layout.desc,
                                layout.desc,
                                layout.desc,
                                (float) eps,
                                kind.flags(),
                                kind.forward(false))))
                    .with(dnnl.DNNL_ARG_SRC, layout.desc)
                    .with(dnnl.DNNL_ARG_DIFF_DST, layout.desc)
                    .with(dnnl.DNNL_ARG_MEAN, kind.channels().desc)
                    .with(dnnl.DNNL_ARG_VARIANCE, kind.channels().desc)
                    .with(dnnl.DNNL_ARG_SCALE, kind.channels().desc)
                    .with(dnnl.DNNL_ARG_DIFF_SRC, layout.desc)
                    .with(dnnl.DNNL_ARG_DIFF_SCALE, kind.channels().desc)
                    .with(dnnl.DNNL_ARG_DIFF_SHIFT, kind.channels().desc),
            "batch norm grad",
            kind);
    try (Scope s = Scope.open()) {
      Array scale = weight == null ? Array.empty(DType.FLOAT, x.size(1)) : weight.plain();
      if (weight == null) {
        Backends.current().elementwise().fill(scale, 1);
      }
      Array dx = layout.allocate(x.shape());
      Array dw = Array.empty(DType.FLOAT, x.size(1));
      Array db = Array.empty(DType.FLOAT, x.size(1));
      call.run(x, layout.convert(dy), mean, variance, scale, dx, dw, db);
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
