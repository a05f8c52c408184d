package org.onecycle.learner;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.optim.Hyper;

/** Raises the rate batch by batch and ends the fit when the loss has gone or the rates are used. */
final class LrSearch extends Callback {
  private static final int ORDER = 60;
  private static final double WORST = 4;

  private final LrFinder how;
  private final List<Double> lrs = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();
  private double best = Double.POSITIVE_INFINITY;

  LrSearch(LrFinder how) {
    this.how = how;
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public void beforeBatch(Learner learn) {
    if (learn.state().training()) {
      learn.opt().setHyper(Hyper.LR, how.lr(learn.state().trainIter()));
    }
  }

  @Override
  public void afterLoss(Learner learn) {
    if (!Double.isFinite(learn.state().loss())) {
      throw Phase.FIT.cancel();
    }
  }

  @Override
  public void afterBatch(Learner learn) {
    double smooth = learn.recorder().smoothLoss();
    lrs.add(how.lr(lrs.size()));
    losses.add(smooth);
    best = Math.min(best, smooth);
    if (how.stopDiv() && smooth > WORST * best || lrs.size() >= how.numIt()) {
      throw Phase.FIT.cancel();
    }
  }

  @Override
  public void beforeValidate(Learner learn) {
    throw Phase.VALIDATE.cancel();
  }

  LrFound result() {
    return new LrFound(
        lrs.stream().mapToDouble(d -> d).toArray(),
        losses.stream().mapToDouble(d -> d).toArray(),
        how.numIt());
  }

  /** Searches, and leaves the learner, the model and the loader as they were. */
  static LrFound run(Learner learn, LrFinder how) {
    LrSearch search = new LrSearch(how);
    int epochs = how.numIt() / Math.max(1, learn.dls().train().size()) + 1;
    try (Undo before = Untouched.of(learn);
        Undo added = learn.addedCbs(List.of(search))) {
      learn.fits().search(epochs);
    }
    return search.result();
  }
}
