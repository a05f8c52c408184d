package org.onecycle.vision.augment;

import org.onecycle.tensor.Rng;

/**
 * Raises or lowers the contrast (fastai's {@code Contrast}).
 *
 * @param maxLighting the factor goes from {@code 1 - maxLighting} to its reciprocal
 * @param p probability, 0 to 1
 */
public record Contrast(double maxLighting, double p) implements Augmentation {
  /** Checks the range. */
  public Contrast {
    Checks.belowOne("Contrast", "maxLighting", maxLighting);
    Checks.probability("Contrast", p);
  }

  @Override
  public void draw(Rng rng, Change change) {
    if (rng.nextBoolean(p)) {
      double most = -Math.log(1 - maxLighting);
      change.contrast(Math.exp(rng.nextDouble(-most, most)));
    }
  }
}
