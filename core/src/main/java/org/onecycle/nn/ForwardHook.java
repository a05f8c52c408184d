package org.onecycle.nn;

import org.onecycle.tensor.Tensor;

/** What a user wants to see of a module's work; see {@link Module#onForward}. */
@FunctionalInterface
public interface ForwardHook {
  /** Called after the module has computed its output. */
  void after(Module module, Tensor[] inputs, Tensor output);
}
