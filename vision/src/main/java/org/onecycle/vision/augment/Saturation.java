package org.onecycle.vision.augment;

import org.onecycle.tensor.Rng;

/**
 * Makes colours stronger or weaker (fastai's {@code Saturation}); grey pictures stay as they are.
 *
 * @param maxLighting the factor goes from {@code 1 - maxLighting} to its reciprocal
 * @param p probability, 0 to 1
 */
public record Saturation(double maxLighting, double p) implements Augmentation {
  /** Checks the range. */
  public Saturation {
    Checks.belowOne("Saturation", "maxLighting", maxLighting);
    Checks.probability("Saturation", p);
  }

  @Override
  public void draw(Rng rng, Change change) {
    if (rng.nextBoolean(p)) {
      double most = -Math.log(1 - maxLighting);
      change.saturation(Math.exp(rng.nextDouble(-most, most)));
    }
  }
}
