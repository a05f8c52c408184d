package org.onecycle.vision.image;

import org.onecycle.data.Split;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/**
 * In training a random part of the picture, of random area and proportions, scaled to the size; in
 * validation the middle of the picture squished to a little more than the size (fastai's {@code
 * RandomResizedCrop}; Szegedy et al., 2015).
 *
 * @param minScale the smallest part of the picture's area
 * @param maxScale the largest
 * @param minRatio the smallest width / height of the part
 * @param maxRatio the largest
 * @param valXtra the share of the size that is cut off in validation, in steps of 8 pixels
 */
public record RandomResizedCrop(
    int height,
    int width,
    double minScale,
    double maxScale,
    double minRatio,
    double maxRatio,
    double valXtra)
    implements ImageTransform {
  private static final int ATTEMPTS = 10;

  /** A square, at least 8 % of the area, 3:4 to 4:3. */
  public RandomResizedCrop(int size) {
    this(size, 0.08);
  }

  /** A square, at least this part of the area, 3:4 to 4:3. */
  public RandomResizedCrop(int size, double minScale) {
    this(size, size, minScale, 1, 3 / 4.0, 4 / 3.0, 0.14);
  }

  /** Checks the ranges. */
  public RandomResizedCrop {
    Sizes.check("RandomResizedCrop", height, width);
    if (!(0 < minScale && minScale <= maxScale && maxScale <= 1)) {
      throw new IllegalArgumentException(
          "RandomResizedCrop expects 0 < minScale <= maxScale <= 1, got %s and %s"
              .formatted(minScale, maxScale));
    }
    if (!(0 < minRatio && minRatio <= maxRatio && valXtra >= 0)) {
      throw new IllegalArgumentException(
          "RandomResizedCrop expects 0 < minRatio <= maxRatio and valXtra >= 0, got %s, %s, %s"
              .formatted(minRatio, maxRatio, valXtra));
    }
  }

  @Override
  public Spec spec() {
    return new Spec(
        "vision.random_resized_crop",
        Spec.object()
            .put("height", height)
            .put("width", width)
            .put("min_scale", minScale)
            .put("max_scale", maxScale)
            .put("min_ratio", minRatio)
            .put("max_ratio", maxRatio)
            .put("val_xtra", valXtra));
  }

  @Override
  public int order() {
    return 1;
  }

  @Override
  public <R extends Raster> R apply(R image, Split split, Rng rng) {
    if (split == Split.TRAIN) {
      Box box = randomBox(image, rng);
      return Rasters.resize(image, box, PadMode.ZEROS, width, height);
    }
    int extra = validationExtra();
    R whole = Rasters.resize(image, width + extra, height + extra);
    return Box.centred(whole, width, height).cut(whole, PadMode.ZEROS);
  }

  /** The pixels by which both sides are larger in validation, before the cut. */
  int validationExtra() {
    return (int) Math.ceil(Math.max(height, width) * valXtra / 8) * 8;
  }

  private Box randomBox(Raster image, Rng rng) {
    int w = image.width();
    int h = image.height();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double area = (minScale + rng.nextDouble() * (maxScale - minScale)) * w * h;
      double low = Math.log(minRatio);
      double ratio = Math.exp(low + rng.nextDouble() * (Math.log(maxRatio) - low));
      int boxW = (int) Math.rint(Math.sqrt(area * ratio));
      int boxH = (int) Math.rint(Math.sqrt(area / ratio));
      if (boxW >= 1 && boxH >= 1 && boxW <= w && boxH <= h) {
        return new Box(rng.nextInt(w - boxW + 1), rng.nextInt(h - boxH + 1), boxW, boxH);
      }
    }
    double ratio = (double) w / h;
    int boxW = ratio > maxRatio ? (int) (h * maxRatio) : w;
    int boxH = ratio < minRatio ? (int) (w / minRatio) : h;
    return Box.centred(image, Math.max(1, boxW), Math.max(1, boxH));
  }
}
