package org.onecycle.vision.image;

/** Takes the rows of a picture, from top to bottom. */
@FunctionalInterface
public interface FloatRows {
  /**
   * Takes a row.
   *
   * @param values the row {@code [W, C]}, from 0 to 1, at the beginning of an array that may be
   *     longer and that the next row overwrites
   */
  void row(int y, float[] values);
}
