package org.onecycle.vision.image;

/** A rectangle in a picture's pixels, which may stand out of it. */
record Box(int left, int top, int width, int height) {
  /** In the middle, rounded down as Python's {@code //} does, also where it stands out. */
  static Box centred(Raster in, int width, int height) {
    return new Box(
        Math.floorDiv(in.width() - width, 2),
        Math.floorDiv(in.height() - height, 2),
        width,
        height);
  }

  boolean isInside(Raster in) {
    return left >= 0 && top >= 0 && left + width <= in.width() && top + height <= in.height();
  }

  boolean isWhole(Raster in) {
    return left == 0 && top == 0 && width == in.width() && height == in.height();
  }

  /** What the rectangle shows of the picture, filled beyond its edges. */
  <R extends Raster> R cut(R from, PadMode mode) {
    if (isWhole(from)) {
      return from;
    }
    int channels = from.channels();
    byte[] in = Rasters.raw(from);
    byte[] out = new byte[width * height * channels];
    int inside = Math.max(0, Math.min(left + width, from.width()) - Math.max(left, 0));
    int start = Math.max(0, -left);
    for (int y = 0; y < height; y++) {
      int sourceY = mode.source(top + y, from.height());
      if (sourceY < 0) {
        continue;
      }
      int row = sourceY * from.width();
      int to = y * width * channels;
      if (inside > 0) {
        System.arraycopy(
            in, (row + left + start) * channels, out, to + start * channels, inside * channels);
      }
      for (int x = 0; x < width; x++) {
        if (inside > 0 && x == start) {
          x += inside;
          if (x >= width) {
            break;
          }
        }
        int sourceX = mode.source(left + x, from.width());
        if (sourceX >= 0) {
          System.arraycopy(in, (row + sourceX) * channels, out, to + x * channels, channels);
        }
      }
    }
    return Rasters.like(from, width, height, out);
  }
}
