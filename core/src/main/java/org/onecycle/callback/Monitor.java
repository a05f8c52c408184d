package org.onecycle.callback;

/**
 * Which number of an epoch's row is watched, and when it counts as better.
 *
 * @param name the column: {@code valid_loss}, {@code train_loss} or a metric
 * @param better whether larger or smaller is better
 * @param minDelta by how much a value must be better than the best one
 * @param resetOnFit whether each fit starts without a best value
 */
public record Monitor(String name, Better better, double minDelta, boolean resetOnFit) {
  /** Which values are better. */
  public enum Better {
    /** Smaller ones. */
    LESS,
    /** Larger ones. */
    GREATER
  }

  /** The validation loss, smaller is better: fastai's default. */
  public static final Monitor VALID_LOSS = of("valid_loss");

  /** Checks the margin. */
  public Monitor {
    if (!(minDelta >= 0)) {
      throw new IllegalArgumentException("minDelta expects 0 or more, got " + minDelta);
    }
  }

  /** A column; smaller is better if its name has "loss" or "error" in it, else larger. */
  public static Monitor of(String name) {
    boolean less = name.contains("loss") || name.contains("error");
    return new Monitor(name, less ? Better.LESS : Better.GREATER, 0, true);
  }

  /** This monitor with another opinion of what is better. */
  public Monitor withBetter(Better value) {
    return new Monitor(name, value, minDelta, resetOnFit);
  }

  /** This monitor with another margin. */
  public Monitor withMinDelta(double value) {
    return new Monitor(name, better, value, resetOnFit);
  }

  /** This monitor, whose best value starts anew with each fit or stays. */
  public Monitor withResetOnFit(boolean value) {
    return new Monitor(name, better, minDelta, value);
  }

  double worst() {
    return better == Better.LESS ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /** Returns whether a value is better than the best so far; NaN never is. */
  boolean isBetter(double value, double best) {
    return better == Better.LESS ? value + minDelta < best : value - minDelta > best;
  }
}
