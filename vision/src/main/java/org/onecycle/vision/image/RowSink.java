package org.onecycle.vision.image;

/** Where the rows of a picture go as they are made. */
@FunctionalInterface
interface RowSink {
  /**
   * Takes a row.
   *
   * @param values from 0 to 255, {@code [W, C]}; the caller's, which will write to them again
   * @param n how many of them are the row's
   */
  void row(int y, int[] values, int n);

  /** Into bytes {@code [H, W, C]}. */
  static RowSink into(byte[] pixels) {
    return (y, values, n) -> {
      for (int i = 0, o = y * n; i < n; i++) {
        pixels[o + i] = (byte) values[i];
      }
    };
  }
}
