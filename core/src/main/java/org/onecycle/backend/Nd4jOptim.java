package org.onecycle.backend;

import org.onecycle.array.Array;
import org.onecycle.array.Scope;

/**
 * {@link OptimKernels} as ND4J operations, for any device.
 *
 * <p>The native {@code adam_updater} adds epsilon before it debiases, {@code lr sqrt(1 - b2^t) / (1
 * - b1^t) m / (sqrt(v) + eps)}: with {@code eps sqrt(1 - b2^t)} in its place the result is Adam's.
 * Its numbers are given as arrays, since a context is bound to those given as arguments and they
 * change at every step; so does the step, for which the rate makes up.
 */
final class Nd4jOptim implements OptimKernels {
  private static final NativeOp ADAM = NativeOp.of("adam_updater", 0);
  private static final NativeOp ADD = NativeOp.of("add");
  private static final NativeOp SUBTRACT = NativeOp.of("subtract");

  @Override
  public void sgdStep(Array param, Array grad, Array avg, Sgd by) {
    if (param.numel() == 0) {
      return;
    }
    ElementwiseKernels elementwise = Backends.current().elementwise();
    try (Scope s = Scope.open()) {
      shrink(param, by.shrink());
      Array g = withL2(param, grad, by.l2());
      if (avg != null) {
        elementwise.scaleInPlace(avg, by.mom());
        ADD.run(avg, avg, g);
        g = avg;
      }
      elementwise.addInPlace(param, g, -by.lr());
    }
  }

  @Override
  public void adamStep(Array param, Array grad, Array m, Array v, Adam by) {
    if (param.numel() == 0) {
      return;
    }
    try (Scope s = Scope.open()) {
      shrink(param, by.shrink());
      Array g = withL2(param, grad, by.l2());
      double asFirst = (1 - by.mom()) / Math.sqrt(1 - by.sqrMom());
      double lr = by.debiasedLr() / by.rootFactor() * asFirst;
      Array update = Array.empty(param.dtype(), param.shape());
      ADAM.run(
          new Array[] {update, v, m},
          g,
          v,
          m,
          number(param, lr),
          number(param, by.mom()),
          number(param, by.sqrMom()),
          number(param, by.eps() / by.rootFactor()));
      SUBTRACT.run(param, param, update);
    }
  }

  private static void shrink(Array param, double factor) {
    if (factor != 1) {
      Backends.current().elementwise().scaleInPlace(param, factor);
    }
  }

  private static Array withL2(Array param, Array grad, double l2) {
    if (l2 == 0) {
      return grad;
    }
    ElementwiseKernels elementwise = Backends.current().elementwise();
    return elementwise.binary(Binary.ADD, grad, elementwise.binary(Binary.MUL, param, l2));
  }

  private static Array number(Array like, double value) {
    Array a = Array.empty(like.dtype());
    Backends.current().elementwise().fill(a, value);
    return a;
  }
}
