package org.onecycle.learner;

/** Puts the model into training or evaluation mode and counts batches. */
final class TrainEval extends Callback {
  private static final int ORDER = -10;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public boolean runValid() {
    return false;
  }

  @Override
  public void beforeTrain(Learner learn) {
    TrainingState s = learn.state();
    s.progress(s.trainIter(), (double) s.epoch() / s.nEpoch());
    learn.model().train();
  }

  @Override
  public void afterBatch(Learner learn) {
    TrainingState s = learn.state();
    s.progress(s.trainIter() + 1, s.pctTrain() + 1.0 / ((double) s.nIter() * s.nEpoch()));
  }

  @Override
  public void beforeValidate(Learner learn) {
    learn.model().eval();
  }
}
