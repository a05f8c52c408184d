package org.onecycle.vision.augment;

import org.onecycle.tensor.Rng;

/**
 * Enlarges around a random place (fastai's {@code Zoom}).
 *
 * @param minZoom the smallest factor
 * @param maxZoom the largest factor
 * @param p probability, 0 to 1
 */
public record Zoom(double minZoom, double maxZoom, double p) implements Augmentation {
  /** Checks the range. */
  public Zoom {
    if (!(0 < minZoom && minZoom <= maxZoom && maxZoom < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Zoom expects 0 < minZoom <= maxZoom, got %s and %s".formatted(minZoom, maxZoom));
    }
    Checks.probability("Zoom", p);
  }

  @Override
  public void draw(Rng rng, Change change) {
    if (rng.nextBoolean(p)) {
      change.zoom(rng.nextDouble(minZoom, maxZoom), rng.nextDouble(), rng.nextDouble());
    }
  }
}
