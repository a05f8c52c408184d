package org.onecycle.vision.augment;

import org.onecycle.tensor.Rng;

/**
 * Brightens or darkens (fastai's {@code Brightness}).
 *
 * @param maxLighting how far the change goes from its neutral .5: to {@code .5 (1 + maxLighting)}
 * @param p probability, 0 to 1
 */
public record Brightness(double maxLighting, double p) implements Augmentation {
  /** Checks the range. */
  public Brightness {
    Checks.belowOne("Brightness", "maxLighting", maxLighting);
    Checks.probability("Brightness", p);
  }

  @Override
  public void draw(Rng rng, Change change) {
    if (rng.nextBoolean(p)) {
      change.brightness(rng.nextDouble(0.5 * (1 - maxLighting), 0.5 * (1 + maxLighting)));
    }
  }
}
