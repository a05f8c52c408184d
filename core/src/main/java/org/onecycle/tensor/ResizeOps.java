package org.onecycle.tensor;

import java.util.Arrays;
import org.onecycle.array.Array;
import org.onecycle.backend.Backends;
import org.onecycle.backend.ResizeKernels;
import org.onecycle.backend.ShapeKernels;

/** Resizing of pictures, with its gradients. */
final class ResizeOps {
  private ResizeOps() {}

  private static ResizeKernels k() {
    return Backends.current().resize();
  }

  static Tensor nearest(Tensor x, long outH, long outW) {
    check("interpolateNearest", x, outH, outW);
    long[] shape = x.shape();
    return Tape.record(
        "interpolateNearest",
        k().nearest(x.value(), outH, outW),
        dy -> new Array[] {k().nearestGrad(dy, shape)},
        x);
  }

  static Tensor bilinear(Tensor x, long outH, long outW, boolean alignCorners) {
    check("interpolateBilinear", x, outH, outW);
    long[] shape = x.shape();
    return Tape.record(
        "interpolateBilinear",
        k().bilinear(x.value(), outH, outW, alignCorners),
        dy -> new Array[] {k().bilinearGrad(dy, shape, alignCorners)},
        x);
  }

  private static void check(String op, Tensor x, long outH, long outW) {
    if (x.rank() != 4 || !x.dtype().isFloating() || x.size(2) < 1 || x.size(3) < 1) {
      throw new IllegalArgumentException(
          op
              + " expects pictures [N, C, H, W] of a floating type, got "
              + Arrays.toString(x.shape())
              + " "
              + x.dtype());
    }
    if (outH < 1 || outW < 1) {
      throw new IllegalArgumentException(
          op + " expects a size of at least 1 x 1, got " + outH + " x " + outW);
    }
  }

  static Tensor pixelShuffle(Tensor x, int factor) {
    long area = (long) factor * factor;
    if (factor < 1 || x.rank() != 4 || x.size(1) % area != 0) {
      throw new IllegalArgumentException(
          "pixelShuffle by "
              + factor
              + " expects [N, C "
              + area
              + ", H, W], got "
              + Arrays.toString(x.shape()));
    }
    ShapeKernels shape = Backends.current().shape();
    return Tape.record(
        "pixelShuffle",
        shape.pixelShuffle(x.value(), factor),
        dy -> new Array[] {Backends.current().shape().pixelUnshuffle(dy, factor)},
        x);
  }
}
