package org.onecycle.vision.augment;

import org.onecycle.vision.image.FloatRows;

/**
 * A picture's values in an array: channel after channel {@code [C, H, W]}, or pixel after pixel
 * {@code [H, W, C]}, where the channels of a pixel are found together.
 *
 * @param start the place of the first value
 * @param byPixel whether it is {@code [H, W, C]}
 */
record Pixels(float[] values, int start, int channels, int height, int width, boolean byPixel)
    implements Source {
  /** From a pixel to the one to its right. */
  int across() {
    return byPixel ? channels : 1;
  }

  /** From a value of a pixel to that of the next channel. */
  int deep() {
    return byPixel ? 1 : height * width;
  }

  @Override
  public Pixels pixels() {
    return this;
  }

  @Override
  public void rows(FloatRows to) {
    int n = width * across();
    float[] row = new float[n];
    int rows = byPixel ? height : channels * height;
    for (int y = 0; y < rows; y++) {
      System.arraycopy(values, start + y * n, row, 0, n);
      to.row(y, row);
    }
  }
}
