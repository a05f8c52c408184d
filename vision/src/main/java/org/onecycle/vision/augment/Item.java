package org.onecycle.vision.augment;

/**
 * The sizes of one picture or mask before and after, and the loops over it.
 *
 * <p>Sums start from the first pixel's share, and shares are added in order: however the values
 * lie, the results are the same to the last bit.
 */
record Item(int channels, int height, int width, SampleOptions options) {
  int toHeight() {
    return options.keepsSize() ? height : options.height();
  }

  int toWidth() {
    return options.keepsSize() ? width : options.width();
  }

  int inSize() {
    return channels * height * width;
  }

  int outSize() {
    return channels * toHeight() * toWidth();
  }

  boolean untouched(Change change) {
    return change.staysInPlace() && toHeight() == height && toWidth() == width;
  }

  /** Writes a changed picture {@code [C, H, W]}. */
  void picture(Source from, float[] to, int start, Change change) {
    if (untouched(change)) {
      copy(from.pixels(), to, start);
    } else if (options.mode() == Mode.NEAREST) {
      nearest(from.pixels(), to, start, change);
    } else {
      bilinear(from, to, start, change);
    }
    change.shine(to, start, channels, toHeight() * toWidth());
  }

  private void copy(Pixels from, float[] to, int start) {
    if (!from.byPixel()) {
      System.arraycopy(from.values(), from.start(), to, start, inSize());
      return;
    }
    int plane = height * width;
    int p = from.start();
    for (int i = start; i < start + plane; i++) {
      for (int c = 0; c < channels; c++) {
        to[i + c * plane] = from.values()[p++];
      }
    }
  }

  private void bilinear(Source from, float[] to, int start, Change change) {
    double[] places = change.places(height, width);
    double shrink = shrink(places);
    Pixels near;
    if (shrink > 1) {
      int h = (int) Math.floor(height * (1 / shrink));
      int w = (int) Math.floor(width * (1 / shrink));
      near = Area.shrink(from, this, h, w);
    } else {
      near = from.pixels();
    }
    Lookup lookup = lookup(places, near.height(), near.width());
    int plane = toHeight() * toWidth();
    for (int y = 0; y < toHeight(); y++) {
      lookup.bilinear(y, near, to, start + y * toWidth(), plane);
    }
  }

  /**
   * How much to shrink first by means: bilinear interpolation looks at four pixels only, so that a
   * picture more than twice too large, and not zoomed by as much, is brought to twice (fastai's
   * rule, here for each picture by itself).
   */
  private double shrink(double[] places) {
    double d = Math.min((double) height / toHeight(), (double) width / toWidth()) / 2;
    return d > 1 && d > 2 / extent(places) ? d : 1;
  }

  /** The span of all coordinates looked up, which a picture's corners decide. */
  private double extent(double[] m) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double right = -Lookup.first(toWidth(), options.alignCorners());
    double bottom = -Lookup.first(toHeight(), options.alignCorners());
    for (int k = 0; k < 4; k++) {
      double x = (k & 1) == 0 ? -right : right;
      double y = (k & 2) == 0 ? -bottom : bottom;
      double z = m[6] * x + m[7] * y + m[8];
      double sx = (m[0] * x + m[1] * y + m[2]) / z;
      double sy = (m[3] * x + m[4] * y + m[5]) / z;
      low = Math.min(low, Math.min(sx, sy));
      high = Math.max(high, Math.max(sx, sy));
    }
    return high - low;
  }

  private Lookup lookup(double[] places, int h, int w) {
    return new Lookup(
        places, h, w, toHeight(), toWidth(), options.padMode(), options.alignCorners());
  }

  private void nearest(Pixels from, float[] to, int start, Change change) {
    Lookup lookup = lookup(change.places(height, width), height, width);
    int[] index = new int[toWidth()];
    for (int y = 0; y < toHeight(); y++) {
      lookup.nearest(y, index);
      for (int c = 0; c < channels; c++) {
        int plane = from.start() + c * from.deep();
        int row = start + (c * toHeight() + y) * toWidth();
        for (int x = 0; x < index.length; x++) {
          to[row + x] = index[x] < 0 ? 0 : from.values()[plane + index[x] * from.across()];
        }
      }
    }
  }

  void nearest(long[] from, int start, long[] to, int toStart, Change change) {
    if (untouched(change)) {
      System.arraycopy(from, start, to, toStart, inSize());
      return;
    }
    Lookup lookup = lookup(change.places(height, width), height, width);
    int[] index = new int[toWidth()];
    for (int y = 0; y < toHeight(); y++) {
      lookup.nearest(y, index);
      int row = toStart + y * toWidth();
      for (int x = 0; x < index.length; x++) {
        to[row + x] = index[x] < 0 ? 0 : from[start + index[x]];
      }
    }
  }
}
