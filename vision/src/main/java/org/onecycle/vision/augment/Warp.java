package org.onecycle.vision.augment;

import org.onecycle.tensor.Rng;

/**
 * Shows the picture as if seen from a little aside and from above or below (fastai's {@code Warp}).
 *
 * @param magnitude the largest tilt to either side, 0 to before 1
 * @param p probability of either tilt, 0 to 1
 */
public record Warp(double magnitude, double p) implements Augmentation {
  /** Checks the range. */
  public Warp {
    Checks.belowOne("Warp", "magnitude", magnitude);
    Checks.probability("Warp", p);
  }

  @Override
  public void draw(Rng rng, Change change) {
    // fastai draws the two tilts, and whether they happen, each for itself.
    double x = rng.nextBoolean(p) ? rng.nextDouble(-magnitude, magnitude) : 0;
    double y = rng.nextBoolean(p) ? rng.nextDouble(-magnitude, magnitude) : 0;
    if (x != 0 || y != 0) {
      change.warp(x, y);
    }
  }
}
