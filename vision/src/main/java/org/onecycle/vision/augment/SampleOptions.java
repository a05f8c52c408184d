package org.onecycle.vision.augment;

import org.onecycle.vision.image.PadMode;

/**
 * How the one interpolation is done.
 *
 * @param height of the results; 0 keeps the size
 * @param width of the results; 0 keeps the size
 * @param mode how pictures are interpolated; masks always take the nearest pixel
 * @param padMode what stands beyond the edge
 * @param alignCorners whether -1 and 1 are the middles of the outer pixels, as in fastai, and not
 *     their outer edges
 */
public record SampleOptions(
    int height, int width, Mode mode, PadMode padMode, boolean alignCorners) {
  /** fastai's: the same size, bilinear, mirrored at the edge. */
  public static final SampleOptions DEFAULT =
      new SampleOptions(0, 0, Mode.BILINEAR, PadMode.REFLECTION, true);

  /** Checks the size. */
  public SampleOptions {
    if (height < 0 || width < 0 || (height == 0) != (width == 0)) {
      throw new IllegalArgumentException(
          "a size of at least 1x1 is expected, got %dx%d".formatted(height, width));
    }
  }

  /** These options with results of another size. */
  public SampleOptions withSize(int newHeight, int newWidth) {
    return new SampleOptions(newHeight, newWidth, mode, padMode, alignCorners);
  }

  /** These options with another interpolation of pictures. */
  public SampleOptions withMode(Mode value) {
    return new SampleOptions(height, width, value, padMode, alignCorners);
  }

  /** These options with another padding. */
  public SampleOptions withPadMode(PadMode value) {
    return new SampleOptions(height, width, mode, value, alignCorners);
  }

  /** These options with another meaning of -1 and 1. */
  public SampleOptions withAlignCorners(boolean value) {
    return new SampleOptions(height, width, mode, padMode, value);
  }

  boolean keepsSize() {
    return height == 0;
  }
}
