package org.onecycle.optim;

import org.onecycle.nn.Parameter;

/**
 * One part of an optimiser's step: changes a parameter, its gradient or its state, in place.
 *
 * <p>Steppers run one after the other on each parameter that has a gradient, without recording
 * gradients and inside a scope of their own.
 *
 * <pre>{@code
 * Stepper sgd = (p, state, group) ->
 *     p.assign(p.tensor().sub(p.grad().mul(group.lr())));
 * }</pre>
 */
@FunctionalInterface
public interface Stepper {
  /** Does this part for one parameter. */
  void step(Parameter p, ParamState state, ParamGroup group);
}
