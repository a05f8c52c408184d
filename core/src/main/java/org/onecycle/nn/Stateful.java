package org.onecycle.nn;

/** A module that remembers something from call to call, such as a recurrent one its state. */
public interface Stateful {
  /** Forgets, so that what comes next stands at a beginning. */
  void reset();
}
