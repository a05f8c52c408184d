package org.onecycle.callback;

/** Counts epochs that were not the best. */
final class Patience {
  private final int epochs;
  private int waited;

  Patience(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("patience expects at least 1 epoch, got " + epochs);
    }
    this.epochs = epochs;
  }

  void reset() {
    waited = 0;
  }

  /** Counts an epoch; returns whether it was the last to wait for. */
  boolean ends(boolean best) {
    waited = best ? 0 : waited + 1;
    return waited >= epochs;
  }

  int waited() {
    return waited;
  }
}
