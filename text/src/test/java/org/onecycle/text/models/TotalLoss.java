package org.onecycle.text.models;

import java.util.Map;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;

/** Keeps the losses that are differentiated. */
final class TotalLoss extends Callback {
  private final Map<Integer, Double> losses;

  TotalLoss(Map<Integer, Double> losses) {
    this.losses = losses;
  }

  @Override
  public boolean runValid() {
    return false;
  }

  @Override
  public void beforeBackward(Learner learn) {
    losses.put(learn.state().iter(), learn.state().lossGrad().item());
  }
}
