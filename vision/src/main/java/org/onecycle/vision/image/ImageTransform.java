package org.onecycle.vision.image;

import org.onecycle.data.Transform;

/** A step on the pictures of a sample, before they join a batch. */
interface ImageTransform extends Transform<Image, Image> {
  @Override
  default Class<Image> accepts() {
    return Image.class;
  }

  @Override
  default Class<Image> produces() {
    return Image.class;
  }
}
