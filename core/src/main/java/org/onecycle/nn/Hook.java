package org.onecycle.nn;

import org.onecycle.array.Scope;
import org.onecycle.tensor.Tensor;

/**
 * Keeps what a module gave last, or the gradient that came back to it, until it is closed (fastai's
 * {@code hook_output}).
 *
 * <pre>{@code
 * try (Hook activations = Hook.output(body); Hook gradients = Hook.gradient(body)) {
 *   model.call(x).select(1, label).sum().backward();
 *   Tensor weights = gradients.stored().mean(2, 3);
 * }
 * }</pre>
 */
public final class Hook implements AutoCloseable {
  private Tensor stored;
  private Handle handle;

  private Hook() {}

  /** Keeps a copy of the module's output, without its graph. */
  public static Hook output(Module module) {
    Hook hook = new Hook();
    hook.handle = module.onForward((m, in, out) -> hook.store(out.detach()));
    return hook;
  }

  /** Keeps a copy of the gradient of the module's output, where gradients are recorded. */
  public static Hook gradient(Module module) {
    Hook hook = new Hook();
    hook.handle =
        module.onForward(
            (m, in, out) -> {
              if (out.needsGrad()) {
                out.onGrad(hook::store);
              }
            });
    return hook;
  }

  private void store(Tensor value) {
    Tensor before = stored;
    try (Scope out = Scope.outside()) {
      stored = value.copy();
    }
    if (before != null) {
      before.value().release();
    }
  }

  /** Returns what is kept, which the next one replaces; null before there was anything. */
  public Tensor stored() {
    return stored;
  }

  /** Removes the hook; what is kept stays readable. */
  @Override
  public void close() {
    handle.close();
  }
}
