package org.onecycle.vision.image;

/** A picture, or a part of one, that is read row after row. */
interface RowSource {
  /** Pixels of a row. */
  int width();

  /** Rows. */
  int height();

  /** Copies a row {@code [width, C]} to the beginning of an array. */
  void row(int y, byte[] to);

  /** A part of bytes {@code [H, W, C]} that lies wholly inside. */
  static RowSource of(byte[] pixels, int fullWidth, int channels, Box part) {
    return new RowSource() {
      @Override
      public int width() {
        return part.width();
      }

      @Override
      public int height() {
        return part.height();
      }

      @Override
      public void row(int y, byte[] to) {
        int start = ((part.top() + y) * fullWidth + part.left()) * channels;
        System.arraycopy(pixels, start, to, 0, part.width() * channels);
      }
    };
  }
}
