package org.onecycle.nn;

import org.onecycle.tensor.Rng;

/**
 * A module that draws random numbers while it runs, such as dropout.
 *
 * <p>{@link Module#seed} gives each such module of a model a generator of its own; a learner does
 * so before training, from its seed.
 */
public interface Stochastic {
  /** Returns the generator that the module draws from. */
  Rng rng();

  /** Makes the module draw from this generator from now on. */
  void rng(Rng rng);
}
