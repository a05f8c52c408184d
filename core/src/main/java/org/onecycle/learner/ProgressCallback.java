package org.onecycle.learner;

import java.util.List;
import java.util.Locale;
import org.onecycle.show.ProgressOutput;

/** Shows a bar for the batches and a row for each epoch. */
final class ProgressCallback extends Callback {
  private static final int ORDER = 60;

  private ProgressOutput output;
  private ProgressOutput.Bar bar;
  private boolean fitting;

  ProgressCallback(ProgressOutput output) {
    this.output = output;
  }

  ProgressOutput output() {
    return output;
  }

  /** Shows elsewhere until the returned handle is closed. */
  Undo shown(ProgressOutput other) {
    ProgressOutput before = output;
    output = other;
    return () -> output = before;
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public void beforeFit(Learner learn) {
    fitting = !learn.state().searching();
    if (fitting) {
      output.begin(learn.recorder().columns());
    }
  }

  @Override
  public void beforeTrain(Learner learn) {
    start(learn, "train");
  }

  @Override
  public void beforeValidate(Learner learn) {
    start(learn, "valid");
  }

  private void start(Learner learn, String part) {
    stop();
    TrainingState s = learn.state();
    if (s.searching() && !s.training()) {
      return;
    }
    String title =
        fitting
            ? "epoch %d/%d %s".formatted(s.epoch() + 1, s.nEpoch(), part)
            : s.searching() ? "lrFind" : part;
    bar = output.bar(title, s.nIter());
  }

  private void stop() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void afterBatch(Learner learn) {
    if (bar == null || !bar.isShown()) {
      return;
    }
    TrainingState s = learn.state();
    double loss = s.training() ? learn.recorder().smoothLoss() : s.loss();
    bar.step(s.lossGrad() == null ? "" : String.format(Locale.ROOT, "loss %.4f", loss));
  }

  @Override
  public void afterTrain(Learner learn) {
    stop();
  }

  @Override
  public void afterValidate(Learner learn) {
    stop();
  }

  @Override
  public void afterEpoch(Learner learn) {
    if (!fitting) {
      return;
    }
    List<EpochRecord> history = learn.recorder().history();
    output.row(learn.recorder().row(history.get(history.size() - 1)));
  }

  @Override
  public void cleanup(Learner learn) {
    stop();
    output.end();
    fitting = false;
  }
}
