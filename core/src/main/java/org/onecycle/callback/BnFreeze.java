package org.onecycle.callback;

import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.nn.Module;
import org.onecycle.nn.NormLayer;

/**
 * Keeps the running statistics of norm layers whose parameters do not train: such layers normalise
 * by them in training too. Without it they go on moving in frozen groups.
 *
 * <p>It shows where norm layers do not train in frozen groups: {@code trainBn(false)}.
 */
public final class BnFreeze extends Callback {
  /** Makes a callback. */
  public BnFreeze() {}

  @Override
  public void beforeTrain(Learner learn) {
    freeze(learn.model());
  }

  private static void freeze(Module m) {
    if (m instanceof NormLayer) {
      boolean trains = m.parameters().stream().anyMatch(p -> p.requiresGrad());
      if (!trains && !m.parameters().isEmpty()) {
        m.eval();
      }
      return;
    }
    m.children().values().forEach(BnFreeze::freeze);
  }
}
