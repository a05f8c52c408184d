package org.onecycle.bench.work;

/**
 * A line that the driver writes: do steps, or end when there are none.
 *
 * @param steps the least number of steps; 0 ends the worker
 * @param seconds the least time to work
 */
public record Order(long steps, double seconds) {
  /** Ends the worker. */
  public static final Order END = new Order(0, 0);
}
