package org.onecycle.vision.image;

/** A rectangle of pixels that cropping, resizing and mirroring apply to: a picture or a mask. */
public sealed interface Raster permits Image, Mask {
  /** Pixels from left to right. */
  int width();

  /** Pixels from top to bottom. */
  int height();

  /** Bytes of a pixel. */
  int channels();
}
