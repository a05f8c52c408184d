package org.onecycle.learner;

/**
 * The form of a one-cycle run (Smith 2018): the rate rises from {@code lrMax / div} to {@code
 * lrMax} and falls to {@code lrMax / divFinal}, both along a cosine; the momentum the other way.
 *
 * @param div how much smaller the first rate is
 * @param divFinal how much smaller the last rate is
 * @param pctStart the share of the run in which the rate rises
 * @param moms the momentums; null for the learner's
 */
public record OneCycle(double div, double divFinal, double pctStart, Momentums moms) {
  /** fastai's: 25, 1e5, a quarter, the learner's momentums. */
  public static final OneCycle DEFAULT = new OneCycle(25, 1e5, 0.25, null);

  /** This form with another first rate. */
  public OneCycle withDiv(double value) {
    return new OneCycle(value, divFinal, pctStart, moms);
  }

  /** This form with another last rate. */
  public OneCycle withDivFinal(double value) {
    return new OneCycle(div, value, pctStart, moms);
  }

  /** This form with another rise. */
  public OneCycle withPctStart(double value) {
    return new OneCycle(div, divFinal, value, moms);
  }

  /** This form with other momentums. */
  public OneCycle withMoms(double start, double middle, double end) {
    return new OneCycle(div, divFinal, pctStart, new Momentums(start, middle, end));
  }
}
