package org.onecycle.learner;

/**
 * The form of a fine-tuning: the last group first, then all groups at lower rates.
 *
 * @param baseLr the highest rate of the frozen run; the second run has half of it
 * @param freezeEpochs the epochs of the frozen run
 * @param lrMult how much smaller the first group's rate is than the last's in the second run
 * @param pctStart the share of the second run in which its rate rises
 * @param div how much smaller the second run's first rate is
 */
public record FineTune(
    double baseLr, int freezeEpochs, double lrMult, double pctStart, double div) {
  /** fastai's: 2e-3, one epoch, 100, .3, 5. */
  public static final FineTune DEFAULT = new FineTune(2e-3, 1, 100, 0.3, 5);

  static final double FROZEN_PCT_START = 0.99;

  /** This form with another rate. */
  public FineTune withBaseLr(double value) {
    return new FineTune(value, freezeEpochs, lrMult, pctStart, div);
  }

  /** This form with another number of frozen epochs. */
  public FineTune withFreezeEpochs(int value) {
    return new FineTune(baseLr, value, lrMult, pctStart, div);
  }

  /** This form with another spread of rates. */
  public FineTune withLrMult(double value) {
    return new FineTune(baseLr, freezeEpochs, value, pctStart, div);
  }

  /** This form with another rise. */
  public FineTune withPctStart(double value) {
    return new FineTune(baseLr, freezeEpochs, lrMult, value, div);
  }

  /** This form with another first rate. */
  public FineTune withDiv(double value) {
    return new FineTune(baseLr, freezeEpochs, lrMult, pctStart, value);
  }
}
