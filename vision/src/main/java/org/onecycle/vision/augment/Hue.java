package org.onecycle.vision.augment;

import org.onecycle.tensor.Rng;

/**
 * Shifts all colours along the rainbow (fastai's {@code Hue}); grey pictures stay as they are.
 *
 * @param maxHue 1 plus the shift goes from {@code 1 - maxHue} to its reciprocal; below 1
 * @param p probability, 0 to 1
 */
public record Hue(double maxHue, double p) implements Augmentation {
  /** Checks the range. */
  public Hue {
    Checks.belowOne("Hue", "maxHue", maxHue);
    Checks.probability("Hue", p);
  }

  @Override
  public void draw(Rng rng, Change change) {
    if (rng.nextBoolean(p)) {
      double most = -Math.log(1 - maxHue);
      change.hue(Math.exp(rng.nextDouble(-most, most)) - 1);
    }
  }
}
