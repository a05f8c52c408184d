package org.onecycle.backend;

import java.util.Arrays;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;

/**
 * The functions between convolutions, on the layout in which they come; everything else is the
 * portable kernels'.
 */
final class OneDnnElementwise implements ElementwiseKernels {
  private static final long SMALL = 1 << 17;
  private static final long SHORT = 1 << 10;

  private final ElementwiseKernels portable;

  OneDnnElementwise(ElementwiseKernels portable) {
    this.portable = portable;
  }

  private static boolean fits(Array x) {
    return OneDnnLayout.has(x.dtype()) && x.numel() > 0;
  }

  private static boolean small(OneDnnLayout l) {
    return l.bytes <= SMALL;
  }

  @Override
  public Array unary(Unary op, Array x) {
    if (op == Unary.NEG && isShort(x)) {
      return negative(x);
    }
    dnnl.algorithm algorithm = algorithm(op);
    if (algorithm == null || !fits(x)) {
      return portable.unary(op, x);
    }
    OneDnnLayout l = OneDnnLayout.of(x);
    Array out = l.allocate(x.shape());
    function(op, algorithm, l).run(x, out);
    return out;
  }

  private static boolean isShort(Array x) {
    return x.dtype() == DType.FLOAT && x.layout() == null && x.isHost() && x.numel() <= SHORT;
  }

  /** A native call for the losses of a batch would take longer. */
  private static Array negative(Array x) {
    float[] v = Host.floats(x);
    for (int i = 0; i < v.length; i++) {
      v[i] = -v[i];
    }
    Array out = Array.empty(DType.FLOAT, x.shape());
    Host.put(v, out);
    return out;
  }

  private static OneDnnCall function(Unary op, dnnl.algorithm algorithm, OneDnnLayout l) {
    return OneDnnCall.cached(
        () ->
            new OneDnnCall(new eltwise_forward(forward(l, algorithm)))
                .with(dnnl.DNNL_ARG_SRC, l.desc)
                .with(dnnl.DNNL_ARG_DST, l.desc)
                .alone(small(l)),
        "unary",
        op,
        l);
  }

  @Override
  public void reluInPlace(Array target) {
    target.changed();
    if (fits(target)) {
      function(Unary.RELU, dnnl.algorithm.eltwise_relu, OneDnnLayout.of(target))
          .run(target, target);
    } else {
      portable.reluInPlace(target);
    }
  }

  private static dnnl.algorithm algorithm(Unary op) {
    return switch (op) {
      case RELU -> dnnl.algorithm.eltwise_relu;
      case TANH -> dnnl.algorithm.eltwise_tanh;
      case SIGMOID -> dnnl.algorithm.eltwise_logistic;
      case SQUARE -> dnnl.algorithm.eltwise_square;
      default -> null;
    };
  }

  private static eltwise_forward.primitive_desc forward(OneDnnLayout l, dnnl.algorithm algorithm) {
    return new eltwise_forward.primitive_desc(
        OneDnn.engine(), dnnl.prop_kind.forward_training, algorithm, l.desc, l.desc, 0f, 0f);
  }

  @Override
  public Array reluGrad(Array y, Array dy) {
    return reluGrad(y, dy, false);
  }

  @Override
  public Array reluGrad(Array y, Array dy, boolean own) {
    if (!fits(y) || y.dtype() != dy.dtype()) {
      return portable.reluGrad(y, dy);
    }
    OneDnnLayout l = OneDnnLayout.of(y);
    boolean over = own && OneDnnLayout.of(dy) == l;
    Array out = over ? dy : l.allocate(y.shape());
    if (over) {
      dy.changed();
    }
    reluBackward(l).run(y, l.convert(dy), out);
    return out;
  }

  private static OneDnnCall reluBackward(OneDnnLayout l) {
    return OneDnnCall.cached(
        () -> {
          dnnl.algorithm relu = dnnl.algorithm.eltwise_relu_use_dst_for_bwd;
          eltwise_backward.primitive_desc pd =
              new eltwise_backward.primitive_desc(
                  OneDnn.engine(), relu, l.desc, l.desc, l.desc, 0f, 0f, forward(l, relu));
          return new OneDnnCall(new eltwise_backward(pd))
              .with(dnnl.DNNL_ARG_DST, l.desc)
              .with(dnnl.DNNL_ARG_DIFF_DST, l.desc)
              .with(dnnl.DNNL_ARG_DIFF_SRC, l.desc)
              .alone(small(l));
        },
        "relu grad",
        l);
  }

  @Override
  public Array binary(Binary op, Array a, Array b) {
    dnnl.algorithm algorithm = algorithm(op);
    if (algorithm == null || !fits(a) || a.dtype() != b.dtype()) {
      return portable.binary(op, a, b);
    }
    if (!Arrays.equals(a.shape(), b.shape())) {
      return OneDnnRepeat.fits(a, b)
          ? OneDnnRepeat.binary(algorithm, a, b)
          : portable.binary(op, a, b);
    }
    // A blocked operand decides: what follows is most likely to want it that way.
    OneDnnLayout l = a.layout() != null ? OneDnnLayout.of(a) : OneDnnLayout.of(b);
    Array out = l.allocate(a.shape());
    pairs(op, algorithm, l).run(l.convert(a), l.convert(b), out);
    return out;
  }

  private static dnnl.algorithm algorithm(Binary op) {
    return switch (op) {
      case ADD -> dnnl.algorithm.binary_add;
      case SUB -> dnnl.algorithm.binary_sub;
      case MUL -> dnnl.algorithm.binary_mul;
      case DIV -> dnnl.algorithm.binary_div;
      default -> null;
    };
  }

  private static OneDnnCall pairs(Binary op, dnnl.algorithm algorithm, OneDnnLayout l) {
    return OneDnnCall.cached(
        () ->
            new OneDnnCall(
                    new binary(
                        new binary.primitive_desc(
                            OneDnn.engine(), algorithm, l.desc, l.desc, l.desc)))
                .with(dnnl.DNNL_ARG_SRC_0, l.desc)
                .with(dnnl.DNNL_ARG_SRC_1, l.desc)
                .with(dnnl.DNNL_ARG_DST, l.desc)
                .alone(small(l)),
        "binary",
        op,
        l);
  }

  /** Adds {@code bias [C]} to every pixel of {@code [N, C, H, W]}, in place. */
  static void addChannels(Array target, Array bias) {
    target.changed();
    OneDnnLayout l = OneDnnLayout.of(target);
    memory.desc b = OneDnnLayout.plain(1, bias.size(0), 1, 1).desc;
    OneDnnCall.cached(
            () ->
                new OneDnnCall(
                        new binary(
                            new binary.primitive_desc(
                                OneDnn.engine(), dnnl.algorithm.binary_add, l.desc, b, l.desc)))
                    .with(dnnl.DNNL_ARG_SRC_0, l.desc)
                    .with(dnnl.DNNL_ARG_SRC_1, b)
                    .with(dnnl.DNNL_ARG_DST, l.desc),
            "add channels",
            l)
        .run(target, bias.plain(), target);
  }

  @Override
  public void addInPlace(Array target, Array x, double scale) {
    target.changed();
    boolean same = target.dtype() == x.dtype() && Arrays.equals(target.shape(), x.shape());
    if (scale != 1 || !fits(target) || !same) {
      portable.addInPlace(target, x, scale);
      return;
    }
    OneDnnLayout l = OneDnnLayout.of(target);
    pairs(Binary.ADD, dnnl.algorithm.binary_add, l).run(target, l.convert(x), target);
  }

  @Override
  public Array binary(Binary op, Array a, double b) {
    return portable.binary(op, a, b);
  }

  @Override
  public Array where(Array condition, Array a, Array b) {
    return portable.where(condition, a, b);
  }

  @Override
  public Array cast(Array x, DType dtype) {
    if (x.dtype() == dtype || !fits(x) || !OneDnnLayout.has(dtype)) {
      return portable.cast(x, dtype);
    }
    return OneDnnLayout.like(OneDnnLayout.of(x), dtype, x.shape()).convert(x);
  }

  @Override
  public void scaleInPlace(Array target, double factor) {
    portable.scaleInPlace(target, factor);
  }

  @Override
  public void copy(Array from, Array to) {
    portable.copy(from, to);
  }

  @Override
  public void fill(Array target, double value) {
    portable.fill(target, value);
  }
}
