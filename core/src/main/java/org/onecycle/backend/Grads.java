package org.onecycle.backend;

import org.onecycle.array.Array;
import org.onecycle.array.Scope;

/** The gradients of a layer's input, weight and bias; null where not wanted. */
public record Grads(Array x, Array weight, Array bias) {
  /** Lets them outlive the scope. */
  Grads keptIn(Scope scope) {
    for (Array a : new Array[] {x, weight, bias}) {
      if (a != null) {
        scope.keep(a);
      }
    }
    return this;
  }
}
