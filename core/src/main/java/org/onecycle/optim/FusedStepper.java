package org.onecycle.optim;

import java.util.List;
import org.onecycle.backend.Backends;
import org.onecycle.backend.OptimKernels;
import org.onecycle.nn.Parameter;

/**
 * A stepper that says what is to be done instead of doing it, so that an optimiser made of such
 * steppers does it for all parameters in one pass over memory.
 */
@FunctionalInterface
interface FusedStepper extends Stepper {
  /** Returns what this part does to one parameter, or null for nothing. */
  OptimKernels.Update update(Parameter p, ParamState state, ParamGroup group);

  @Override
  default void step(Parameter p, ParamState state, ParamGroup group) {
    OptimKernels.Update u = update(p, state, group);
    if (u != null) {
      Backends.current().optim().step(List.of(u));
    }
  }
}
