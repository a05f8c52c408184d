package org.onecycle.vision.image;

/** What pictures and masks do differently. */
final class Rasters {
  private Rasters() {}

  /** The bytes themselves, not to be written to. */
  static byte[] raw(Raster raster) {
    return raster instanceof Image image ? image.raw() : ((Mask) raster).raw();
  }

  /** A raster of the same kind with these bytes, which are taken over. */
  @SuppressWarnings("unchecked")
  static <R extends Raster> R like(R from, int width, int height, byte[] pixels) {
    return from instanceof Mask mask
        ? (R) mask.with(width, height, pixels)
        : (R) new Image(width, height, from.channels(), pixels);
  }

  /** Resizes pictures as PIL's bilinear filter, masks by their nearest pixels. */
  static <R extends Raster> R resize(R from, int width, int height) {
    return resize(from, new Box(0, 0, from.width(), from.height()), PadMode.ZEROS, width, height);
  }

  /** Resizes what a rectangle shows of the picture, filled beyond its edges. */
  @SuppressWarnings("unchecked")
  static <R extends Raster> R resize(R from, Box box, PadMode mode, int width, int height) {
    if (from instanceof Mask || !box.isInside(from)) {
      R cut = box.cut(from, mode);
      return cut instanceof Mask mask
          ? (R) nearest(mask, width, height)
          : (R) scaled((Image) cut, new Box(0, 0, cut.width(), cut.height()), width, height);
    }
    return (R) scaled((Image) from, box, width, height);
  }

  private static Image scaled(Image from, Box box, int width, int height) {
    return width == from.width() && height == from.height() && box.isWhole(from)
        ? from
        : new Image(new Deferred.Scaled(from, box, width, height));
  }

  private static Mask nearest(Mask from, int width, int height) {
    if (width == from.width() && height == from.height()) {
      return from;
    }
    byte[] in = from.raw();
    byte[] out = new byte[width * height];
    int[] columns = new int[width];
    for (int x = 0; x < width; x++) {
      columns[x] = source(x, from.width(), width);
    }
    for (int y = 0, o = 0; y < height; y++) {
      int row = source(y, from.height(), height) * from.width();
      for (int x = 0; x < width; x++) {
        out[o++] = in[row + columns[x]];
      }
    }
    return from.with(width, height, out);
  }

  /** As PIL: the source pixel in which the centre of the pixel lies. */
  private static int source(int i, int from, int to) {
    return (int) Math.min(from - 1L, (2L * i + 1) * from / (2L * to));
  }
}
