package org.onecycle.callback;

import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;

/**
 * Shows a chart of the losses that grows with the training, in a notebook (fastai's {@code
 * ShowGraphCallback}).
 */
public final class ShowGraph extends Callback {
  private static final int AFTER_PROGRESS = 65;

  /** Makes the callback. */
  public ShowGraph() {}

  @Override
  public int order() {
    return AFTER_PROGRESS;
  }

  @Override
  public boolean runValid() {
    return false;
  }

  @Override
  public void afterBatch(Learner learn) {
    show(learn);
  }

  @Override
  public void afterEpoch(Learner learn) {
    show(learn);
  }

  private static void show(Learner learn) {
    if (!learn.state().searching()) {
      learn.progress().chart(learn.recorder()::plotLoss);
    }
  }
}
