package org.onecycle.callback;

import java.util.Arrays;
import org.onecycle.learner.Learner;
import org.onecycle.learner.ParamScheduler;
import org.onecycle.optim.Hyper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Divides all learning rates when the monitored number has not become better for some epochs.
 *
 * <p>Not for fits with a schedule of the rate, such as fitOneCycle, which would set it anew at the
 * next batch: such a fit is refused.
 */
public final class ReduceLROnPlateau extends TrackerCallback {
  private static final Logger LOG = LoggerFactory.getLogger(ReduceLROnPlateau.class);
  private static final int ORDER = 62;
  private static final double FACTOR = 10;

  private final Patience patience;
  private final double factor;
  private final double minLr;

  /** Divides by 10 at each epoch whose validation loss is not the best. */
  public ReduceLROnPlateau() {
    this(Monitor.VALID_LOSS, 1, FACTOR, 0);
  }

  /**
   * Makes a callback.
   *
   * @param patience after how many epochs in a row that were not the best
   * @param factor what rates are divided by
   * @param minLr no rate gets smaller than this
   */
  public ReduceLROnPlateau(Monitor monitor, int patience, double factor, double minLr) {
    super(monitor);
    this.patience = new Patience(patience);
    if (!(factor > 1) || !(minLr >= 0)) {
      throw new IllegalArgumentException(
          "ReduceLROnPlateau expects a factor above 1 and a minLr of 0 or more, got "
              + factor
              + " and "
              + minLr);
    }
    this.factor = factor;
    this.minLr = minLr;
  }

  @Override
  public int order() {
    return ORDER;
  }

  /**
   * Starts to watch.
   *
   * @throws IllegalArgumentException if the rate of this fit is scheduled
   */
  @Override
  public void beforeFit(Learner learn) {
    super.beforeFit(learn);
    patience.reset();
    if (run()
        && learn.cbs().stream().anyMatch(c -> c instanceof ParamScheduler p && p.sets(Hyper.LR))) {
      throw new IllegalArgumentException(
          "the learning rate of this fit is scheduled batch by batch, so reducing it would have no"
              + " effect: use fit() without a schedule");
    }
  }

  @Override
  public void afterEpoch(Learner learn) {
    super.afterEpoch(learn);
    if (!patience.ends(newBest())) {
      return;
    }
    double[] lr = learn.opt().hyper(Hyper.LR);
    double[] reduced = Arrays.stream(lr).map(v -> Math.max(v / factor, minLr)).toArray();
    learn.opt().setHyper(Hyper.LR, reduced);
    patience.reset();
    LOG.info(
        "Epoch {}: learning rate reduced to {}", learn.state().epoch(), reduced[lr.length - 1]);
  }
}
