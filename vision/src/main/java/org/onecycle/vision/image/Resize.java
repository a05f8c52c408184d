package org.onecycle.vision.image;

import org.onecycle.data.Split;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/**
 * Brings every picture to {@code height} x {@code width} (fastai's {@code Resize}).
 *
 * <p>CROP and PAD choose their place at random in training and in the middle in validation.
 *
 * @param padMode what fills the rest of {@link ResizeMethod#PAD}
 */
public record Resize(int height, int width, ResizeMethod method, PadMode padMode)
    implements ImageTransform {
  /** A square, cropped. */
  public Resize(int size) {
    this(size, size);
  }

  /** A rectangle, cropped. */
  public Resize(int height, int width) {
    this(height, width, ResizeMethod.CROP, PadMode.REFLECTION);
  }

  /** A square. */
  public Resize(int size, ResizeMethod method) {
    this(size, size, method, PadMode.REFLECTION);
  }

  /** A square. */
  public Resize(int size, ResizeMethod method, PadMode padMode) {
    this(size, size, method, padMode);
  }

  /** Checks the size. */
  public Resize {
    Sizes.check("Resize", height, width);
  }

  @Override
  public Spec spec() {
    return new Spec(
        "vision.resize",
        Spec.object()
            .put("height", height)
            .put("width", width)
            .put("method", method.name())
            .put("pad_mode", padMode.name()));
  }

  @Override
  public int order() {
    return 1;
  }

  @Override
  public <R extends Raster> R apply(R image, Split split, Rng rng) {
    if (method == ResizeMethod.SQUISH) {
      return Rasters.resize(image, width, height);
    }
    boolean train = split == Split.TRAIN;
    double across = train ? rng.nextDouble() : 0.5;
    double down = train ? rng.nextDouble() : 0.5;
    return Rasters.resize(image, box(image, across, down), padMode, width, height);
  }

  /** The part of the picture that is scaled; fastai truncates towards zero here. */
  Box box(Raster image, double across, double down) {
    double x = (double) image.width() / width;
    double y = (double) image.height() / height;
    double ratio = method == ResizeMethod.CROP ? Math.min(x, y) : Math.max(x, y);
    int w = Math.max(1, (int) (ratio * width));
    int h = Math.max(1, (int) (ratio * height));
    return new Box((int) (across * (image.width() - w)), (int) (down * (image.height() - h)), w, h);
  }
}
