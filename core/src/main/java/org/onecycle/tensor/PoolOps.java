package org.onecycle.tensor;

import java.util.Arrays;
import org.onecycle.array.Array;
import org.onecycle.backend.Backends;
import org.onecycle.backend.Pool2dSpec;
import org.onecycle.backend.PoolKernels;

/** Pooling, with its gradients. */
final class PoolOps {
  private PoolOps() {}

  private static PoolKernels k() {
    return Backends.current().pool();
  }

  static Tensor max(Tensor x, Pool2dSpec spec) {
    check("maxPool2d", x, spec.outputH(size(x, 2)), spec.outputW(size(x, 3)));
    PoolKernels.Pooled p = k().maxPool2d(x.value(), spec, wantsGrad(x));
    return Tape.record(
        "maxPool2d",
        p.y(),
        dy -> new Array[] {k().maxPool2dGrad(dy, x.value(), p.workspace(), spec)},
        x);
  }

  static Tensor average(Tensor x, Pool2dSpec spec) {
    if (spec.dilationH() != 1 || spec.dilationW() != 1) {
      throw new IllegalArgumentException("avgPool2d knows no dilation, got " + spec);
    }
    check("avgPool2d", x, spec.outputH(size(x, 2)), spec.outputW(size(x, 3)));
    long[] shape = x.shape();
    return Tape.record(
        "avgPool2d",
        k().avgPool2d(x.value(), spec),
        dy -> new Array[] {k().avgPool2dGrad(dy, shape, spec)},
        x);
  }

  static Tensor adaptiveAverage(Tensor x, long outH, long outW) {
    checkAdaptive("adaptiveAvgPool2d", x, outH, outW);
    long[] shape = x.shape();
    return Tape.record(
        "adaptiveAvgPool2d",
        k().adaptiveAvgPool2d(x.value(), outH, outW),
        dy -> new Array[] {k().adaptiveAvgPool2dGrad(dy, shape)},
        x);
  }

  static Tensor adaptiveMax(Tensor x, long outH, long outW) {
    checkAdaptive("adaptiveMaxPool2d", x, outH, outW);
    long[] shape = x.shape();
    PoolKernels.Pooled p = k().adaptiveMaxPool2d(x.value(), outH, outW, wantsGrad(x));
    return Tape.record(
        "adaptiveMaxPool2d",
        p.y(),
        dy -> new Array[] {k().adaptiveMaxPool2dGrad(dy, shape, p.workspace())},
        x);
  }

  private static boolean wantsGrad(Tensor x) {
    return x.needsGrad() && NoGrad.gradEnabled();
  }

  private static long size(Tensor x, int axis) {
    return x.rank() == 4 ? x.size(axis) : 0;
  }

  private static void checkAdaptive(String op, Tensor x, long outH, long outW) {
    if (x.rank() == 4 && (x.size(2) == 0 || x.size(3) == 0)) {
      throw new IllegalArgumentException(
          op + " expects pictures, got " + Arrays.toString(x.shape()));
    }
    check(op, x, outH, outW);
  }

  private static void check(String op, Tensor x, long outH, long outW) {
    if (x.rank() != 4 || !x.dtype().isFloating()) {
      throw new IllegalArgumentException(
          op
              + " expects [N, C, H, W] of a floating type, got "
              + Arrays.toString(x.shape())
              + " "
              + x.dtype());
    }
    if (outH < 1 || outW < 1) {
      throw new IllegalArgumentException(
          op
              + " of "
              + Arrays.toString(x.shape())
              + " would give a picture of "
              + outH
              + " x "
              + outW);
    }
  }
}
