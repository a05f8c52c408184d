package org.onecycle.learner;

import java.util.Locale;

/** A callback's signal to end a part of training; see {@link Phase#cancel}. */
public final class CancelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Phase phase;

  CancelException(Phase phase) {
    // A signal, not an error: nobody reads its stack.
    super("cancelled " + phase.name().toLowerCase(Locale.ROOT), null, false, false);
    this.phase = phase;
  }

  /** Returns the part that is to end. */
  public Phase phase() {
    return phase;
  }
}
