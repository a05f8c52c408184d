package org.onecycle.backend;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.layer_normalization_backward;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;

/** Layer normalisation of {@code [rows, size]} by oneDNN. */
final class OneDnnLayerNorm {
  private OneDnnLayerNorm() {}

  /** One kind of layer normalisation. */
  private record Kind(long rows, long size, float eps, boolean scale, boolean shift) {
    memory.desc data() {
      return OneDnnLayout.plain(rows, size).desc;
    }

    memory.desc statistics() {
      return OneDnnLayout.plain(rows).desc;
    }

    memory.desc weights() {
      return OneDnnLayout.plain(size).desc;
    }

    int flags() {
      return (scale ? dnnl.normalization_flags.use_scale.value : 0)
          | (shift ? dnnl.normalization_flags.use_shift.value : 0);
    }

    layer_normalization_forward.primitive_desc forward() {
      return new layer_normalization_forward.primitive_desc(
          OneDnn.engine(),
          dnnl.prop_kind.forward_training.value,
          data(),
          data(),
          statistics(),
          eps,
          flags());
    }
  }

  static boolean fits(Array x, Array weight, Array bias) {
    return x.dtype() == DType.FLOAT
        && x.numel() > 0
        && (weight == null || weight.dtype() == DType.FLOAT)
        && (bias == null || bias.dtype() == DType.FLOAT);
  }

  static NormKernels.Normalized forward(Array x, Array weight, Array bias, double eps) {
    long rows = x.size(0);
    Kind kind = new Kind(rows, x.size(1), (float) eps, weight != null, bias != null);
    OneDnnCall call =
        OneDnnCall.cached(
            () -> {
              OneDnnCall c =
                  new OneDnnCall(new layer_normalization_forward(kind.forward()))
                      .with(dnnl.DNNL_ARG_SRC, kind.data())
                      .with(dnnl.DNNL_ARG_DST, kind.data())
                      .with(dnnl.DNNL_ARG_MEAN, kind.statistics())
                      .with(dnnl.DNNL_ARG_VARIANCE, kind.statistics());
              if (kind.scale) {
                c.with(dnnl.DNNL_ARG_SCALE, kind.weights());
              }
              return kind.shift ? c.with(dnnl.DNNL_ARG_SHIFT, kind.weights()) : c;
            },
            "layer norm",
            kind);
    Array y = Array.empty(DType.FLOAT, x.shape());
    Array mean = Array.empty(DType.FLOAT, rows);
    Array variance = Array.empty(DType.FLOAT, rows);
    if (weight != null && bias != null) {
      call.run(x.plain(), y, mean, variance, weight.plain(), bias.plain());
    } else if (weight != null || bias != null) {
      call.run(x.plain(), y, mean, variance, (weight != null ? weight : bias).plain());
    } else {
      call.run(x.plain(), y, mean, variance);
    }
    return new NormKernels.Normalized(y, new NormKernels.Stats(mean, variance, null));
  }

  static Grads backward(
      Array dy, Array x, Array weight, NormKernels.Stats stats, double eps, GradMask mask) {
    long size = x.size(1);
    Kind kind = new Kind(x.size(0), size, (float) eps, true, true);
    OneDnnCall call =
        OneDnnCall.cached(
            () ->
                new OneDnnCall(
                        new layer_normalization_backward(
                            new layer_normalization_backward.primitive_desc(
                                OneDnn.engine(),
                                dnnl.prop_kind.backward.value,
                                kind.data(),
                                kind.data(),
                                kind.data(),
                                kind.statistics(),
                                kind.eps,
                                kind.flags(),
                                kind.forward())))
                    .with(dnnl.DNNL_ARG_SRC, kind.data())
                    .with(dnnl.DNNL_ARG_DIFF_DST, kind.data())
                    .with(dnnl.DNNL_ARG_MEAN, kind.statistics())
                    .with(dnnl.DNNL_ARG_VARIANCE, kind.statistics())
                    .with(dnnl.DNNL_ARG_SCALE, kind.weights())
                    .with(dnnl.DNNL_ARG_DIFF_SRC, kind.data())
                    .with(dnnl.DNNL_ARG_DIFF_SCALE, kind.weights())
                    .with(dnnl.DNNL_ARG_DIFF_SHIFT, kind.weights()),
            "layer norm grad",
            kind);
    try (Scope s = Scope.open()) {
      Array scale = weight == null ? Array.empty(DType.FLOAT, size) : weight.plain();
      if (weight == null) {
        Backends.current().elementwise().fill(scale, 1);
      }
      Array dx = Array.empty(DType.FLOAT, x.shape());
      Array dw = Array.empty(DType.FLOAT, size);
      Array db = Array.empty(DType.FLOAT, size);
      Array mean = stats.mean().plain();
      call.run(x.plain(), dy.plain(), mean, stats.variance().plain(), scale, dx, dw, db);
      return new Grads(
          mask.x() ? s.keep(dx) : null,
          mask.weight() ? s.keep(dw) : null,
          mask.bias() ? s.keep(db) : null);
    }
  }
}
