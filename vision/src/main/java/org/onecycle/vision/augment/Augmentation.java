package org.onecycle.vision.augment;

import org.onecycle.tensor.Rng;

/**
 * A random change of pictures; those of one list become a single interpolation. Several threads of
 * a loader draw at once, so it holds no state that changes.
 */
@FunctionalInterface
public interface Augmentation {

  /** Draws for one picture, and adds what was drawn to its change. */
  void draw(Rng rng, Change change);
}
