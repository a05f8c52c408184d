package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.onecycle.array.Scope;

/** The gradient of a large log-softmax is written over the one that comes, if nobody sees that. */
class LogSoftmaxGradTest {
  private static final int ROWS = 1024;
  private static final int CLASSES = 300;
  private final Tensor x = Tensor.randn(new Rng(1), ROWS, CLASSES).requiresGrad(true);
  private final Tensor weights = Tensor.randn(new Rng(2), ROWS, CLASSES);

  private float[] grad(UnaryOperator<Tensor> between) {
    x.zeroGrad();
    try (Scope s = Scope.open()) {
      between.apply(F.logSoftmax(x, -1)).mul(weights).sum().backward();
      return x.grad().toFloats();
    }
  }

  /** Returns {@code k (w - softmax(x) sum(w))}. */
  private float[] expected(double k) {
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      Tensor sum = weights.sum(1).reshape(ROWS, 1);
      return weights.sub(F.softmax(x, -1).mul(sum)).mul(k).toFloats();
    }
  }

  @Test
  void itIsRightWhoeverElseHoldsTheGradient() {
    assertArrayEquals(expected(1), grad(y -> y), 1e-3f);
    assertArrayEquals(expected(2), grad(y -> y.add(y)), 1e-3f);
    assertArrayEquals(expected(2), grad(y -> y.add(F.logSoftmax(x, -1))), 1e-3f);
    assertArrayEquals(expected(3), grad(y -> y.mul(3).reshape(-1).reshape(ROWS, CLASSES)), 1e-3f);
  }

  @Test
  void theGradientOfTheRootIsLeftAlone() {
    Tensor seed = weights.copy();
    try (Scope s = Scope.open()) {
      F.logSoftmax(x, -1).backward(seed);
      assertArrayEquals(expected(1), x.grad().toFloats(), 1e-3f);
    }
    assertArrayEquals(weights.toFloats(), seed.toFloats());
  }
}
