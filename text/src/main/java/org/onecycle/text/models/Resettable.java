package org.onecycle.text.models;

/** A module that keeps a state from one call to the next. */
public interface Resettable {
  /** Forgets the state: the next call starts from zeros. */
  void reset();
}
