package org.onecycle.tensor;

import java.util.Arrays;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.backend.Backends;
import org.onecycle.backend.Conv2dSpec;
import org.onecycle.backend.ConvKernels;
import org.onecycle.backend.GradMask;
import org.onecycle.backend.Grads;

/** Convolutions, with their gradients. */
final class ConvOps {
  private ConvOps() {}

  private static ConvKernels k() {
    return Backends.current().conv();
  }

  private static void checkConv2d(Tensor x, Tensor w, Tensor bias, Conv2dSpec spec) {
    check("conv2d", x, w, spec, w.rank() == 4 ? w.size(1) * spec.groups() : 0);
    checkBias("conv2d", bias, w.size(0));
    if (w.size(0) % spec.groups() != 0) {
      throw new IllegalArgumentException(
          "conv2d expects output channels divisible by groups "
              + spec.groups()
              + ", got weight "
              + Arrays.toString(w.shape()));
    }
    checkOutput(
        "conv2d", x, w, spec.outputH(x.size(2), w.size(2)), spec.outputW(x.size(3), w.size(3)));
  }

  static Tensor conv2d(Tensor x, Tensor w, Tensor bias, Conv2dSpec spec) {
    checkConv2d(x, w, bias, spec);
    Array y = k().conv2d(x.value(), w.value(), value(bias), spec);
    return record(
        "conv2d",
        y,
        dy -> k().conv2dGrad(dy, x.value(), w.value(), spec, mask(x, w, bias)),
        x,
        w,
        bias);
  }

  static Tensor conv2dRelu(Tensor x, Tensor w, Tensor bias, Tensor addend, Conv2dSpec spec) {
    boolean one = w.rank() == 4 && bias != null && x.rank() == 4 && x.dtype().isFloating();
    if (!one || (addend != null && addend.dtype() != x.dtype())) {
      Tensor y = conv2d(x, w, bias, spec);
      return addend == null ? y.relu() : y.add(addend).relu();
    }
    checkConv2d(x, w, bias, spec);
    if (addend != null) {
      long[] y = {
        x.size(0), w.size(0), spec.outputH(x.size(2), w.size(2)), spec.outputW(x.size(3), w.size(3))
      };
      if (!addend.value().hasShape(y)) {
        throw new IllegalArgumentException(
            "conv2dRelu expects an addend "
                + Arrays.toString(y)
                + ", got "
                + Arrays.toString(addend.shape()));
      }
    }
    Array y = k().conv2dSum(x.value(), w.value(), bias.value(), spec, value(addend), true);
    Tensor[] inputs =
        addend == null ? new Tensor[] {x, w, bias} : new Tensor[] {x, w, bias, addend};
    return Tape.recordOver(
        "conv2dRelu",
        y,
        (dy, own) -> {
          Array d = Backends.current().elementwise().reluGrad(y, dy, own);
          Grads g = k().conv2dGrad(d, x.value(), w.value(), spec, mask(x, w, bias));
          if (addend != null) {
            return new Array[] {g.x(), g.weight(), g.bias(), d};
          }
          if (d != dy) {
            d.release();
          }
          return new Array[] {g.x(), g.weight(), g.bias()};
        },
        inputs);
  }

  static Tensor convTranspose2d(
      Tensor x, Tensor w, Tensor bias, Conv2dSpec spec, int outPadH, int outPadW) {
    check("convTranspose2d", x, w, spec, w.rank() == 4 ? w.size(0) : 0);
    checkBias("convTranspose2d", bias, w.size(1) * spec.groups());
    if (outPadH < 0
        || outPadW < 0
        || outPadH >= Math.max(spec.strideH(), spec.dilationH())
        || outPadW >= Math.max(spec.strideW(), spec.dilationW())) {
      throw new IllegalArgumentException(
          "convTranspose2d expects output paddings smaller than stride or dilation, got ("
              + outPadH
              + ", "
              + outPadW
              + ") for "
              + spec);
    }
    checkOutput(
        "convTranspose2d",
        x,
        w,
        spec.transposedH(x.size(2), w.size(2), outPadH),
        spec.transposedW(x.size(3), w.size(3), outPadW));
    Array y = k().convTranspose2d(x.value(), w.value(), value(bias), spec, outPadH, outPadW);
    return record(
        "convTranspose2d",
        y,
        dy -> k().convTranspose2dGrad(dy, x.value(), w.value(), spec, mask(x, w, bias)),
        x,
        w,
        bias);
  }

  private static void check(String op, Tensor x, Tensor w, Conv2dSpec spec, long channels) {
    if (w.rank() != 4) {
      throw new IllegalArgumentException(
          op + " expects a weight of four axes, got " + Arrays.toString(w.shape()));
    }
    if (x.rank() != 4 || x.size(1) != channels || channels % spec.groups() != 0) {
      throw new IllegalArgumentException(
          op
              + " with weight "
              + Arrays.toString(w.shape())
              + " and groups "
              + spec.groups()
              + " expects [N, "
              + channels
              + ", H, W], got "
              + Arrays.toString(x.shape()));
    }
    boolean mixed = x.dtype() == DType.BFLOAT16 && w.dtype() == DType.FLOAT;
    if (x.dtype() != w.dtype() && !mixed || !x.dtype().isFloating()) {
      throw new IllegalArgumentException(
          op
              + " expects input and weight of one floating type, or of BFLOAT16 and FLOAT, got "
              + x.dtype()
              + " and "
              + w.dtype());
    }
  }

  private static void checkBias(String op, Tensor bias, long channels) {
    if (bias != null && !bias.value().hasShape(channels)) {
      throw new IllegalArgumentException(
          op + " expects a bias [" + channels + "], got " + Arrays.toString(bias.shape()));
    }
  }

  private static void checkOutput(String op, Tensor x, Tensor w, long height, long width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          op
              + " of "
              + Arrays.toString(x.shape())
              + " with weight "
              + Arrays.toString(w.shape())
              + " would give a picture of "
              + height
              + " x "
              + width);
    }
  }

  /** Turns a layer's output gradient into those of its input, weight and bias. */
  @FunctionalInterface
  interface LayerGrad {
    Grads grad(Array dy);
  }

  /** Records a layer of which weight and bias may be null. */
  static Tensor record(String op, Array y, LayerGrad fn, Tensor x, Tensor w, Tensor bias) {
    Tensor[] inputs = new Tensor[1 + (w == null ? 0 : 1) + (bias == null ? 0 : 1)];
    int n = 0;
    inputs[n++] = x;
    if (w != null) {
      inputs[n++] = w;
    }
    if (bias != null) {
      inputs[n] = bias;
    }
    return Tape.record(
        op,
        y,
        dy -> {
          Grads g = fn.grad(dy);
          Array[] out = new Array[inputs.length];
          int i = 0;
          out[i++] = g.x();
          if (w != null) {
            out[i++] = g.weight();
          }
          if (bias != null) {
            out[i] = g.bias();
          }
          return out;
        },
        inputs);
  }

  static GradMask mask(Tensor x, Tensor w, Tensor bias) {
    return new GradMask(
        x.needsGrad(), w != null && w.needsGrad(), bias != null && bias.needsGrad());
  }

  static Array value(Tensor t) {
    return t == null ? null : t.value();
  }
}
