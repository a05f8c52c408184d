package org.onecycle.vision.image;

import org.onecycle.data.Split;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/**
 * Cuts out the middle, or fills around the picture where it is smaller; nothing is scaled (fastai's
 * {@code CropPad}).
 */
public record CropPad(int height, int width, PadMode padMode) implements ImageTransform {
  /** A square, black around. */
  public CropPad(int size) {
    this(size, size, PadMode.ZEROS);
  }

  /** Checks the size. */
  public CropPad {
    Sizes.check("CropPad", height, width);
  }

  @Override
  public Spec spec() {
    return new Spec(
        "vision.crop_pad",
        Spec.object().put("height", height).put("width", width).put("pad_mode", padMode.name()));
  }

  @Override
  public <R extends Raster> R apply(R image, Split split, Rng rng) {
    return Box.centred(image, width, height).cut(image, padMode);
  }
}
