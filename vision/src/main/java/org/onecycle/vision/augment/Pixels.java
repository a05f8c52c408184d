package org.onecycle.vision.augment;

/**
 * A picture's values in an array: channel after channel {@code [C, H, W]}, or pixel after pixel
 * {@code [H, W, C]}, where the channels of a pixel are found together.
 *
 * @param start the place of the first value
 * @param byPixel whether it is {@code [H, W, C]}
 */
record Pixels(float[] values, int start, int channels, int height, int width, boolean byPixel) {
  /** From a pixel to the one to its right. */
  int across() {
    return byPixel ? channels : 1;
  }

  /** From a value of a pixel to that of the next channel. */
  int deep() {
    return byPixel ? 1 : height * width;
  }

  int size() {
    return channels * height * width;
  }
}
