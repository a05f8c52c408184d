package org.onecycle.vision.augment;

import org.onecycle.tensor.Rng;

/**
 * Mirrors left and right (fastai's {@code Flip}).
 *
 * @param p probability, 0 to 1
 */
public record Flip(double p) implements Augmentation {
  /** Checks the probability. */
  public Flip {
    Checks.probability("Flip", p);
  }

  @Override
  public void draw(Rng rng, Change change) {
    if (rng.nextBoolean(p)) {
      change.flip();
    }
  }
}
