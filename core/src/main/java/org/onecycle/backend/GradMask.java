package org.onecycle.backend;

/** Which gradients of a layer are wanted; what is not wanted is not computed. */
public record GradMask(boolean x, boolean weight, boolean bias) {
  /** Everything. */
  public static final GradMask ALL = new GradMask(true, true, true);

  /** Returns whether one is wanted at all. */
  public boolean any() {
    return x || weight || bias;
  }
}
