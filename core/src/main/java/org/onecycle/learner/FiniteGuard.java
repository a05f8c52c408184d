package org.onecycle.learner;

import java.util.IdentityHashMap;
import java.util.Map;
import org.onecycle.array.Scope;
import org.onecycle.nn.Buffer;
import org.onecycle.nn.Module;
import org.onecycle.tensor.Tensor;

/**
 * Keeps a model sane when a loss is not finite.
 *
 * <p>Weights have not been touched by then, but the forward pass may have mixed the bad batch into
 * running statistics. Those that it spoiled go back to where the epoch began.
 */
final class FiniteGuard {
  private final Module model;
  private final Map<Buffer, Tensor> copies = new IdentityHashMap<>();

  FiniteGuard(Module model) {
    this.model = model;
  }

  void remember() {
    for (Module m : model.namedModules().values()) {
      for (Buffer b : m.ownBuffers().values()) {
        if (b.tensor().dtype().isFloating()) {
          try (Scope out = Scope.outside()) {
            Tensor old = copies.put(b, b.tensor().copy());
            if (old != null) {
              old.value().release();
            }
          }
        }
      }
    }
  }

  /** Returns whether the loss is finite, and mends the model if it is not. */
  boolean check(double loss) {
    if (Double.isFinite(loss)) {
      return true;
    }
    copies.forEach(
        (b, before) -> {
          for (double v : b.tensor().toDoubles()) {
            if (!Double.isFinite(v)) {
              b.assign(before);
              break;
            }
          }
        });
    return false;
  }
}
