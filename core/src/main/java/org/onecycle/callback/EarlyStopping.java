package org.onecycle.callback;

import org.onecycle.learner.Learner;
import org.onecycle.learner.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the fit when the monitored number has not become better for some epochs. */
public final class EarlyStopping extends TrackerCallback {
  private static final Logger LOG = LoggerFactory.getLogger(EarlyStopping.class);
  private static final int ORDER = 63;

  private final Patience patience;

  /** Stops at the first epoch whose validation loss is not the best. */
  public EarlyStopping() {
    this(Monitor.VALID_LOSS, 1);
  }

  /** Stops after {@code patience} epochs in a row that were not the best. */
  public EarlyStopping(Monitor monitor, int patience) {
    super(monitor);
    this.patience = new Patience(patience);
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public void beforeFit(Learner learn) {
    super.beforeFit(learn);
    patience.reset();
  }

  @Override
  public void afterEpoch(Learner learn) {
    super.afterEpoch(learn);
    if (patience.ends(newBest())) {
      LOG.info(
          "No improvement of {} since epoch {}: early stopping",
          monitor().name(),
          learn.state().epoch() - patience.waited());
      throw Phase.FIT.cancel();
    }
  }
}
