package org.onecycle.vision.image;

import org.onecycle.data.Split;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/**
 * Mirrors left and right in training, with probability {@code p} (fastai's {@code FlipItem}).
 *
 * @param p 0 to 1
 */
public record FlipItem(double p) implements ImageTransform {
  /** Every second picture. */
  public FlipItem() {
    this(0.5);
  }

  /** Checks the probability. */
  public FlipItem {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("FlipItem expects p from 0 to 1, got " + p);
    }
  }

  @Override
  public Spec spec() {
    return new Spec("vision.flip_item", Spec.object().put("p", p));
  }

  @Override
  public <R extends Raster> R apply(R image, Split split, Rng rng) {
    return split == Split.TRAIN && rng.nextBoolean(p) ? flip(image) : image;
  }

  /** The mirrored picture. */
  static <R extends Raster> R flip(R image) {
    int w = image.width();
    int c = image.channels();
    byte[] in = Rasters.raw(image);
    byte[] out = new byte[in.length];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < w; x++) {
        System.arraycopy(in, (y * w + x) * c, out, (y * w + w - 1 - x) * c, c);
      }
    }
    return Rasters.like(image, w, image.height(), out);
  }
}
