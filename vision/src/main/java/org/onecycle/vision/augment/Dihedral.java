package org.onecycle.vision.augment;

import org.onecycle.tensor.Rng;

/**
 * One of the eight ways to lay a square on itself, all equally likely (fastai's {@code Dihedral}).
 *
 * @param p probability that there is a draw, 0 to 1
 */
public record Dihedral(double p) implements Augmentation {
  /** Checks the probability. */
  public Dihedral {
    Checks.probability("Dihedral", p);
  }

  @Override
  public void draw(Rng rng, Change change) {
    if (rng.nextBoolean(p)) {
      change.dihedral(rng.nextInt(8));
    }
  }
}
