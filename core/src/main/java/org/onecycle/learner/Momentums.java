package org.onecycle.learner;

/**
 * The momentum over a one-cycle run.
 *
 * @param start at the start
 * @param middle where the learning rate is highest
 * @param end at the end
 */
public record Momentums(double start, double middle, double end) {
  /** fastai's default: .95, .85, .95. */
  public static final Momentums DEFAULT = new Momentums(0.95, 0.85, 0.95);
}
