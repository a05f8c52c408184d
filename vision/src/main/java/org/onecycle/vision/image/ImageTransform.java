package org.onecycle.vision.image;

import org.onecycle.data.Split;
import org.onecycle.data.Transform;
import org.onecycle.io.Exportable;
import org.onecycle.tensor.Rng;

/** A step on the pictures and masks of a sample, alike, before they join a batch. */
interface ImageTransform extends Transform<Raster, Raster>, Exportable {
  @Override
  default Class<Raster> accepts() {
    return Raster.class;
  }

  @Override
  default Class<Raster> produces() {
    return Raster.class;
  }

  @Override
  default Raster encode(Raster raster, Split split, Rng rng) {
    return apply(raster, split, rng);
  }

  /** Returns the changed picture. */
  default Image encode(Image image, Split split, Rng rng) {
    return apply(image, split, rng);
  }

  /** Returns the changed mask. */
  default Mask encode(Mask mask, Split split, Rng rng) {
    return apply(mask, split, rng);
  }

  /** Returns the changed picture or mask; from equal draws and sizes the same place in both. */
  <R extends Raster> R apply(R raster, Split split, Rng rng);
}
