package org.onecycle.backend;

import java.util.Arrays;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Shapes;

/** Softmax and its logarithm by oneDNN, in one pass over the memory. */
final class OneDnnSoftmax implements SoftmaxKernels {
  /**
   * oneDNN's logarithm is good to about 30 units in the last place only, which a loss over a few
   * classes shows: below this many elements the portable kernels are exact and cost little.
   */
  private static final long MANY = 1 << 18;

  private final SoftmaxKernels portable;

  OneDnnSoftmax(SoftmaxKernels portable) {
    this.portable = portable;
  }

  /** One kind of softmax: what lies before the axis, the axis and what lies behind. */
  private record Kind(long outer, long size, long inner, boolean log) {
    static Kind of(Array x, int axis, boolean log) {
      long[] s = x.shape();
      long outer = Shapes.numel(Arrays.copyOf(s, axis));
      return new Kind(outer, s[axis], Shapes.numel(Arrays.copyOfRange(s, axis + 1, s.length)), log);
    }

    memory.desc desc() {
      long[] shape = inner == 1 ? new long[] {outer, size} : new long[] {outer, size, inner};
      return OneDnnLayout.plain(shape).desc;
    }

    dnnl.algorithm algorithm() {
      return log ? dnnl.algorithm.softmax_log : dnnl.algorithm.softmax_accurate;
    }

    softmax_forward.primitive_desc forward() {
      return new softmax_forward.primitive_desc(
          OneDnn.engine(), dnnl.prop_kind.forward_training, algorithm(), desc(), desc(), 1);
    }
  }

  private static boolean fits(Array x) {
    return x.dtype() == DType.FLOAT && x.numel() > 0;
  }

  private static Array forward(Array x, Kind kind) {
    OneDnnCall call =
        OneDnnCall.cached(
            () ->
                new OneDnnCall(new softmax_forward(kind.forward()))
                    .with(dnnl.DNNL_ARG_SRC, kind.desc())
                    .with(dnnl.DNNL_ARG_DST, kind.desc()),
            "softmax",
            kind);
    Array y = Array.empty(DType.FLOAT, x.shape());
    call.run(x.plain(), y);
    return y;
  }

  private static Array backward(Array dy, Array y, Kind kind) {
    return backward(dy, y, kind, Array.empty(DType.FLOAT, y.shape()));
  }

  /** Writes to {@code dx}, which may be {@code dy}. */
  private static Array backward(Array dy, Array y, Kind kind, Array dx) {
    OneDnnCall call =
        OneDnnCall.cached(
            () ->
                new OneDnnCall(
                        new softmax_backward(
                            new softmax_backward.primitive_desc(
                                OneDnn.engine(),
                                kind.algorithm(),
                                kind.desc(),
                                kind.desc(),
                                kind.desc(),
                                1,
                                kind.forward())))
                    .with(dnnl.DNNL_ARG_DST, kind.desc())
                    .with(dnnl.DNNL_ARG_DIFF_DST, kind.desc())
                    .with(dnnl.DNNL_ARG_DIFF_SRC, kind.desc()),
            "softmax grad",
            kind);
    call.run(y.plain(), dy.plain(), dx);
    dx.changed();
    return dx;
  }

  @Override
  public Array softmax(Array x, int axis) {
    return fits(x) ? forward(x, Kind.of(x, axis, false)) : portable.softmax(x, axis);
  }

  @Override
  public Array softmaxGrad(Array dy, Array y, int axis) {
    return fits(y) && fits(dy)
        ? backward(dy, y, Kind.of(y, axis, false))
        : portable.softmaxGrad(dy, y, axis);
  }

  @Override
  public Array logSoftmax(Array x, int axis) {
    if (SmallSoftmax.fits(x, axis)) {
      return SmallSoftmax.logSoftmax(x);
    }
    return fits(x) && x.numel() >= MANY
        ? forward(x, Kind.of(x, axis, true))
        : portable.logSoftmax(x, axis);
  }

  @Override
  public Array logSoftmaxGrad(Array dy, Array y, int axis) {
    if (SmallSoftmax.fits(y, axis) && SmallSoftmax.fits(dy, axis)) {
      return SmallSoftmax.logSoftmaxGrad(dy, y);
    }
    return fits(y) && fits(dy) && y.numel() >= MANY
        ? backward(dy, y, Kind.of(y, axis, true))
        : portable.logSoftmaxGrad(dy, y, axis);
  }

  @Override
  public Array logSoftmaxGradOver(Array dy, Array y, int axis) {
    boolean small = SmallSoftmax.fits(y, axis) && SmallSoftmax.fits(dy, axis);
    return !small && fits(y) && fits(dy) && y.numel() >= MANY
        ? backward(dy, y, Kind.of(y, axis, true), dy)
        : logSoftmaxGrad(dy, y, axis);
  }
}
