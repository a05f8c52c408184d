package org.onecycle.vision.image;

/** Where the rows of a picture go as they are made. */
@FunctionalInterface
interface RowSink {
  /**
   * Takes a row.
   *
   * @param values from 0 to 255, {@code [C][W]}, in arrays that may be longer; the caller's, which
   *     will write to them again
   */
  void row(int y, int[][] values);

  /** Into bytes {@code [H, W, C]}. */
  static RowSink into(byte[] pixels, int width, int channels) {
    return (y, values) -> {
      int start = y * width * channels;
      if (channels == 3) {
        threes(values[0], values[1], values[2], pixels, start, width);
        return;
      }
      for (int x = 0; x < width; x++) {
        pixels[start + x] = (byte) values[0][x];
      }
    };
  }

  private static void threes(int[] r, int[] g, int[] b, byte[] pixels, int start, int width) {
    int o = start;
    for (int x = 0; x < width; x++) {
      pixels[o] = (byte) r[x];
      pixels[o + 1] = (byte) g[x];
      pixels[o + 2] = (byte) b[x];
      o += 3;
    }
  }
}
