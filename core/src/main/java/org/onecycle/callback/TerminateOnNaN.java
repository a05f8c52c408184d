package org.onecycle.callback;

import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.learner.Phase;

/**
 * Ends the fit quietly, instead of with an error, when a training loss is not a number or infinite;
 * the model keeps its weights of before.
 */
public final class TerminateOnNaN extends Callback {
  private static final int ORDER = -9;

  /** Makes the callback. */
  public TerminateOnNaN() {}

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public boolean runValid() {
    return false;
  }

  @Override
  public void afterLoss(Learner learn) {
    if (!Double.isFinite(learn.state().loss())) {
      throw Phase.FIT.cancel();
    }
  }
}
