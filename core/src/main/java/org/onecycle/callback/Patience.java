package org.onecycle.callback;

/** A number of epochs to wait. */
final class Patience {
  private Patience() {}

  static int checked(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("patience expects at least 1 epoch, got " + epochs);
    }
    return epochs;
  }
}
