package org.onecycle.bench;

/**
 * How long each row is measured.
 *
 * @param rounds in which every side has its turn
 * @param seconds the least time of a turn
 * @param warmSeconds the least time of working before the first round
 * @param warmSteps the least steps before the first round
 */
record Effort(int rounds, double seconds, double warmSeconds, int warmSteps) {
  /** For figures to rely on. */
  static final Effort FULL = new Effort(5, 1.5, 3, 2);

  /** For a first look. */
  static final Effort QUICK = new Effort(1, .5, .5, 1);
}
