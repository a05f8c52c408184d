package org.onecycle.bench.work;

/** Decides how many steps are done, and times them. */
@FunctionalInterface
public interface Pace {
  /**
   * Called after each step.
   *
   * @param loss of the step; NaN where there is none
   * @return whether another step is wanted
   */
  boolean next(double loss);
}
