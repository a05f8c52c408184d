package org.onecycle.nn;

import org.onecycle.array.Scope;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/** A rule for a parameter's first values; {@link Init} has the usual ones. */
@FunctionalInterface
public interface Initializer {
  /**
   * Draws values.
   *
   * @return a FLOAT tensor of this shape
   */
  Tensor draw(Rng rng, long... shape);

  /** Draws new values for a parameter. */
  default void apply(Parameter parameter, Rng rng) {
    try (Scope s = Scope.open()) {
      parameter.assign(draw(rng, parameter.shape()));
    }
  }
}
