package org.onecycle.vision.image;

import java.util.random.RandomGenerator;

/**
 * Cuts out the middle, or fills around the picture where it is smaller; nothing is scaled (fastai's
 * {@code CropPad}).
 */
public record CropPad(int height, int width, PadMode padMode) implements ImageOp {
  /** A square, black around. */
  public CropPad(int size) {
    this(size, size, PadMode.ZEROS);
  }

  /** Checks the size. */
  public CropPad {
    Sizes.check("CropPad", height, width);
  }

  @Override
  public Image apply(Image image, boolean train, RandomGenerator rng) {
    return Box.centred(image, width, height).cut(image, padMode);
  }
}
