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
      Array max = Array.empty(x.dtype(), single(in));
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

  /**
   * Returns the shape {@code [before, axis, behind]}, without what lies behind if it is one:
   * broadcasting is several times slower with it.
   */
  private static long[] grouped(Array x, int axis) {
    long[] shape = x.shape();
    long before = Shapes.numel(Arrays.copyOf(shape, axis));
    long behind = Shapes.numel(Arrays.copyOfRange(shape, axis + 1, shape.length));
    return behind == 1
        ? new long[] {before, shape[axis]}
        : new long[] {before, shape[axis], behind};
  }

  private static long[] single(Array x) {
    return x.rank() == 2 ? new long[] {x.size(0), 1} : new long[] {x.size(0), 1, x.size(2)};
  }

  private static Array sum(Array x) {
    Array out = Array.empty(x.dtype(), single(x));
    if (x.rank() == 3) {
      return NativeOp.of("reduce_sum", 1).booleans(true).run(out, x);
    }
    Array ones = Array.empty(x.dtype(), x.size(1), 1);
    Backends.current().elementwise().fill(ones, 1);
    return NativeOp.of("matmul", 0, 0, 0).run(out, x, ones);
  }
}
