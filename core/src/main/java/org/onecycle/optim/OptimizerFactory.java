package org.onecycle.optim;

import java.util.List;
import org.onecycle.nn.Parameter;

/** Makes an optimiser when the parameter groups are known: a Learner's {@code optFunc}. */
@FunctionalInterface
public interface OptimizerFactory {
  /**
   * Makes an optimiser.
   *
   * @param groups the parameters by group, lowest layers first
   * @param lr the learning rate of all groups
   */
  Optimizer create(List<List<Parameter>> groups, double lr);
}
