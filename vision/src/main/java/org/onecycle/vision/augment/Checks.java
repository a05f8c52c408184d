package org.onecycle.vision.augment;

/** The checks that all augmentations share. */
final class Checks {
  private Checks() {}

  static void probability(String who, double p) {
    range(who, "p", p, 0, 1);
  }

  static void range(String who, String what, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "%s expects %s from %s to %s, got %s".formatted(who, what, low, high, value));
    }
  }

  static void belowOne(String who, String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "%s expects %s from 0 to below 1, got %s".formatted(who, what, value));
    }
  }
}
