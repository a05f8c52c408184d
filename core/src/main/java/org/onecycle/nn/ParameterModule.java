package org.onecycle.nn;

import org.onecycle.tensor.Tensor;

/** A parameter as a module of its own, which gives its input back. */
public final class ParameterModule extends Layer {
  /** Takes a parameter of another module, shared, as {@code val}. */
  public ParameterModule(Parameter parameter) {
    share("val", parameter);
  }

  @Override
  protected Tensor compute(Tensor x) {
    return x;
  }
}
