package org.onecycle.vision.augment;

import org.onecycle.tensor.Rng;

/**
 * Turns around the middle (fastai's {@code Rotate}).
 *
 * @param maxDeg the largest angle to either side, in degrees
 * @param p probability, 0 to 1
 */
public record Rotate(double maxDeg, double p) implements Augmentation {
  /** Checks the range. */
  public Rotate {
    Checks.range("Rotate", "maxDeg", maxDeg, 0, Double.MAX_VALUE);
    Checks.probability("Rotate", p);
  }

  @Override
  public void draw(Rng rng, Change change) {
    if (rng.nextBoolean(p)) {
      change.rotate(rng.nextDouble(-maxDeg, maxDeg));
    }
  }
}
