package org.onecycle.vision.augment;

import org.onecycle.vision.image.FloatRows;
import org.onecycle.vision.image.Image;

/** A picture that is changed: all its values, or one row after the other where that is enough. */
interface Source {
  /** Whether it comes pixel by pixel {@code [H, W, C]}, not channel by channel. */
  boolean byPixel();

  /** The values, until the thread asks for those of another picture. */
  Pixels pixels();

  /** Hands over the rows; where it is not by pixel, those of one channel after the other. */
  void rows(FloatRows to);

  /** A picture of bytes. */
  static Source of(Image image) {
    return new Source() {
      @Override
      public boolean byPixel() {
        return true;
      }

      @Override
      public Pixels pixels() {
        int n = image.width() * image.channels();
        float[] values = Scratch.ofThread().picture(image.height() * n);
        image.rows((y, row) -> System.arraycopy(row, 0, values, y * n, n));
        return new Pixels(values, 0, image.channels(), image.height(), image.width(), true);
      }

      @Override
      public void rows(FloatRows to) {
        image.rows(to);
      }
    };
  }
}
