package org.onecycle.learner;

import java.util.List;

/**
 * What a fit may be told.
 *
 * @param wd the weight decay; null for the learner's, or the optimiser's own if that is null too
 * @param cbs callbacks for this fit only
 * @param resetOpt whether the optimiser starts anew
 * @param startEpoch the first epoch to train; the schedule stands where it would have been
 */
public record FitOptions(Double wd, List<Callback> cbs, boolean resetOpt, int startEpoch) {
  /** Nothing special. */
  public static final FitOptions DEFAULT = new FitOptions(null, List.of(), false, 0);

  /** Checks and copies. */
  public FitOptions {
    cbs = List.copyOf(cbs);
    if (startEpoch < 0) {
      throw new IllegalArgumentException("startEpoch expects 0 or more, got " + startEpoch);
    }
  }

  /** These options with a weight decay. */
  public FitOptions withWd(double value) {
    return new FitOptions(value, cbs, resetOpt, startEpoch);
  }

  /** These options with callbacks. */
  public FitOptions withCbs(Callback... callbacks) {
    return new FitOptions(wd, List.of(callbacks), resetOpt, startEpoch);
  }

  /** These options with a new optimiser or the one of before. */
  public FitOptions withResetOpt(boolean reset) {
    return new FitOptions(wd, cbs, reset, startEpoch);
  }

  /** These options with a first epoch. */
  public FitOptions withStartEpoch(int epoch) {
    return new FitOptions(wd, cbs, resetOpt, epoch);
  }
}
