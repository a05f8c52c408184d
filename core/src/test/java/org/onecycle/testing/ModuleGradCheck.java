package org.onecycle.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.LinkedHashMap;
import java.util.Map;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;
import org.onecycle.nn.Module;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/** Compares a module's gradients, of inputs and parameters, with finite differences in DOUBLE. */
public final class ModuleGradCheck {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;

  private ModuleGradCheck() {}

  /**
   * Converts the module to DOUBLE and checks some elements of every tensor.
   *
   * @param perTensor how many elements at most
   */
  public static void check(Module module, int perTensor, Tensor... inputs) {
    module.to(DType.DOUBLE);
    Map<String, Tensor> leaves = new LinkedHashMap<>();
    for (int i = 0; i < inputs.length; i++) {
      leaves.put("input " + i, inputs[i]);
    }
    module.namedParameters().forEach((name, p) -> leaves.put(name, p.tensor()));
    try (Scope s = Scope.open()) {
      Tensor y = module.call(inputs);
      Tensor weights = Tensor.randn(new Rng(7), y.shape()).to(DType.DOUBLE);
      leaves.values().forEach(Tensor::zeroGrad);
      y.mul(weights).sum().backward();
      Rng rng = new Rng(11);
      leaves.forEach(
          (name, leaf) -> {
            if (!leaf.needsGrad()) {
              return;
            }
            assertNotNull(leaf.grad(), name + " has no gradient");
            double[] grad = leaf.grad().toDoubles();
            double[] at = leaf.toDoubles();
            int[] order = rng.permutation(at.length);
            for (int k = 0; k < Math.min(perTensor, at.length); k++) {
              int i = order[k];
              double[] moved = at.clone();
              moved[i] = at[i] + STEP;
              double up = value(module, leaf, moved, weights, inputs);
              moved[i] = at[i] - STEP;
              double down = value(module, leaf, moved, weights, inputs);
              Host.put(at, leaf.value());
              double expected = (up - down) / (2 * STEP);
              assertEquals(
                  expected,
                  grad[i],
                  TOLERANCE * Math.max(1, Math.abs(expected)),
                  name + ", element " + i);
            }
          });
    }
  }

  private static double value(
      Module module, Tensor leaf, double[] values, Tensor weights, Tensor... inputs) {
    Host.put(values, leaf.value());
    try (Scope s = Scope.open();
        NoGrad off = NoGrad.on()) {
      return module.call(inputs).mul(weights).sum().item();
    }
  }
}
