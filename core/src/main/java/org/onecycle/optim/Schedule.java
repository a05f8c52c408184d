package org.onecycle.optim;

/**
 * The values of a hyper-parameter over the course of training.
 *
 * @see Schedules
 */
@FunctionalInterface
public interface Schedule {
  /**
   * Returns the values at a position.
   *
   * @param pct how much of training is done, from 0 to 1
   * @return one value for all parameter groups, or one a group
   */
  double[] at(double pct);

  /** Returns the value at a position, of the last group if there are several. */
  default double last(double pct) {
    double[] v = at(pct);
    return v[v.length - 1];
  }
}
