package org.onecycle.callback;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.learner.Callback;
import org.onecycle.learner.EpochRecord;
import org.onecycle.learner.Learner;

/** Watches one number of each epoch; stays out of searches for a learning rate. */
public abstract class TrackerCallback extends Callback {
  private static final int ORDER = 60;

  private final Monitor monitor;
  private double best;
  private boolean newBest;

  /** Watches a number. */
  protected TrackerCallback(Monitor monitor) {
    this.monitor = monitor;
    best = monitor.worst();
  }

  @Override
  public int order() {
    return ORDER;
  }

  /** Returns what is watched. */
  public final Monitor monitor() {
    return monitor;
  }

  /** Returns the best value so far; infinite before the first. */
  public final double best() {
    return best;
  }

  /** Returns whether the last epoch was the best so far. */
  public final boolean newBest() {
    return newBest;
  }

  /**
   * Starts to watch.
   *
   * @throws IllegalArgumentException if no column has the monitor's name
   */
  @Override
  public void beforeFit(Learner learn) {
    if (learn.state().searching()) {
      run(false);
      return;
    }
    List<String> watched = new ArrayList<>(learn.recorder().columns());
    watched.removeAll(List.of("epoch", "time"));
    if (!watched.contains(monitor.name())) {
      throw new IllegalArgumentException(
          "no column " + monitor.name() + " to monitor: there are " + watched);
    }
    if (monitor.resetOnFit()) {
      best = monitor.worst();
    }
    newBest = false;
  }

  @Override
  public void afterEpoch(Learner learn) {
    List<EpochRecord> history = learn.recorder().history();
    double value = value(history.get(history.size() - 1));
    newBest = monitor.isBetter(value, best);
    best = newBest ? value : best;
  }

  private double value(EpochRecord record) {
    return switch (monitor.name()) {
      case "train_loss" -> record.trainLoss();
      case "valid_loss" -> record.validLoss();
      default -> record.metric(monitor.name());
    };
  }
}
