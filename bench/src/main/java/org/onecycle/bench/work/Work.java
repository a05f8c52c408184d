package org.onecycle.bench.work;

/** Something to measure: equal steps, as many as the pace asks for. */
public interface Work {
  /** Returns the items of a step, such as pictures or words. */
  int items();

  /**
   * Returns the floating-point operations of a step that no implementation can do without, or NaN
   * where they do not bound its speed.
   */
  default double flops() {
    return Double.NaN;
  }

  /** Does steps until the pace has had enough; tells it of each one. */
  void run(Pace pace);
}
