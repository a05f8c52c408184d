package org.onecycle.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.function.Function;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/** Compares gradients with central finite differences, in DOUBLE. */
public final class GradCheck {
  private static final double STEP = 1e-5;

  private GradCheck() {}

  /** Returns a DOUBLE leaf of standard normal numbers that requires a gradient. */
  public static Tensor leaf(long seed, long... shape) {
    return Tensor.randn(new Rng(seed), shape).to(DType.DOUBLE).detach().requiresGrad(true);
  }

  /** Checks with a tolerance of 1e-6 relative to gradients around 1. */
  public static void check(Function<Tensor[], Tensor> op, Tensor... leaves) {
    check(1e-6, op, leaves);
  }

  /**
   * Checks the gradients of all leaves that require one, through a weighted sum of the result so
   * that every element counts differently.
   */
  public static void check(double tolerance, Function<Tensor[], Tensor> op, Tensor... leaves) {
    try (Scope s = Scope.open()) {
      Tensor y = op.apply(leaves);
      Tensor weights = Tensor.randn(new Rng(7), y.shape()).to(DType.DOUBLE);
      for (Tensor leaf : leaves) {
        leaf.zeroGrad();
      }
      y.mul(weights).sum().backward();
      for (int l = 0; l < leaves.length; l++) {
        Tensor leaf = leaves[l];
        if (!leaf.needsGrad()) {
          continue;
        }
        assertNotNull(leaf.grad(), "input " + l + " has no gradient");
        double[] grad = leaf.grad().toDoubles();
        double[] at = leaf.toDoubles();
        for (int i = 0; i < at.length; i++) {
          double up = value(op, leaves, l, at, i, STEP, weights);
          double down = value(op, leaves, l, at, i, -STEP, weights);
          double expected = (up - down) / (2 * STEP);
          assertEquals(
              expected,
              grad[i],
              tolerance * Math.max(1, Math.abs(expected)),
              "input " + l + ", element " + i);
        }
      }
    }
  }

  private static double value(
      Function<Tensor[], Tensor> op,
      Tensor[] leaves,
      int which,
      double[] at,
      int element,
      double step,
      Tensor weights) {
    try (Scope s = Scope.open()) {
      double[] moved = at.clone();
      moved[element] += step;
      Tensor[] inputs = leaves.clone();
      inputs[which] = Tensor.of(moved, leaves[which].shape());
      return op.apply(inputs).mul(weights).sum().item();
    }
  }
}
