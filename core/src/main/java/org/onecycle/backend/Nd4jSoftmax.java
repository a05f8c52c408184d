package org.onecycle.backend;

import java.util.Arrays;
import org.onecycle.array.Array;
import org.onecycle.array.Scope;
import org.onecycle.array.Shapes;

/**
 * {@link SoftmaxKernels} on any ND4J device.
 *
 * <p>ND4J's {@code log_softmax} is the logarithm of its softmax, minus infinity where that rounds
 * to zero; here the exponentials never leave the sum.
 */
final class Nd4jSoftmax implements SoftmaxKernels {

  @Override
  public Array softmax(Array x, int axis) {
    Array y = Array.empty(x.dtype(), x.shape());
    return y.numel() == 0 ? y : NativeOp.of("softmax", axis).run(y, x);
  }

  @Override
  public Array softmaxGrad(Array dy, Array y, int axis) {
    Array dx = Array.empty(y.dtype(), y.shape());
    if (dx.numel() == 0) {
      return dx;
    }
    try (Scope s = Scope.open()) {
      Array d = dx.reshape(grouped(y, axis));
      Array g = dy.reshape(d.shape());
      Array p = y.reshape(d.shape());
      NativeOp.of("multiply").run(d, g, p);
      NativeOp.of("subtract").run(d, g, sum(d));
      NativeOp.of("multiply").run(d, d, p);
    }
    return dx;
  }

  @Override
  public Array logSoftmax(Array x, int axis) {
    Array y = Array.empty(x.dtype(), x.shape());
    if (y.numel() == 0) {
      return y;
    }
    try (Scope s = Scope.open()) {
      Array in = x.reshape(grouped(x, axis));
      Array out = y.reshape(in.shape());
      Array max = Array.empty(x.dtype(), in.size(0), 1, in.size(2));
      NativeOp.of("reduce_max", 1).booleans(true).run(max, in);
      NativeOp.of("subtract").run(out, in, max);
      Array exp = Backends.current().elementwise().unary(Unary.EXP, out);
      Array log = Backends.current().elementwise().unary(Unary.LOG, sum(exp));
      NativeOp.of("subtract").run(out, out, log);
    }
    return y;
  }

  @Override
  public Array logSoftmaxGrad(Array dy, Array y, int axis) {
    Array dx = Array.empty(y.dtype(), y.shape());
    if (dx.numel() == 0) {
      return dx;
    }
    try (Scope s = Scope.open()) {
      Array g = dy.reshape(grouped(y, axis));
      Array d = dx.reshape(g.shape());
      Array exp = Backends.current().elementwise().unary(Unary.EXP, y.reshape(g.shape()));
      NativeOp.of("multiply").run(exp, exp, sum(g));
      NativeOp.of("subtract").run(d, g, exp);
    }
    return dx;
  }

  /** Returns the shape with everything before the axis joined, and everything behind. */
  private static long[] grouped(Array x, int axis) {
    long[] shape = x.shape();
    return new long[] {
      Shapes.numel(Arrays.copyOf(shape, axis)),
      shape[axis],
      Shapes.numel(Arrays.copyOfRange(shape, axis + 1, shape.length))
    };
  }

  private static Array sum(Array x) {
    Array out = Array.empty(x.dtype(), x.size(0), 1, x.size(2));
    if (x.size(2) > 1) {
      return NativeOp.of("reduce_sum", 1).booleans(true).run(out, x);
    }
    Array ones = Array.empty(x.dtype(), x.size(1), 1);
    Backends.current().elementwise().fill(ones, 1);
    Array rows = x.reshape(x.size(0), x.size(1));
    NativeOp.of("matmul", 0, 0, 0).run(out.reshape(x.size(0), 1), rows, ones);
    return out;
  }
}
