package org.onecycle.vision.augment;

import java.lang.ref.SoftReference;

/**
 * Arrays that a thread uses again for every picture; what they hold is nobody else's. Between two
 * pictures the collector may have them where memory is short, for threads may be many.
 */
final class Scratch {
  private static final ThreadLocal<SoftReference<Scratch>> OF_THREAD = new ThreadLocal<>();

  private float[] picture = {};
  private float[] smaller = {};
  private float[] row = {};
  private float[] other = {};
  private float[][] ring = {};

  private Scratch() {}

  static Scratch ofThread() {
    SoftReference<Scratch> last = OF_THREAD.get();
    Scratch own = last == null ? null : last.get();
    if (own == null) {
      own = new Scratch();
      OF_THREAD.set(new SoftReference<>(own));
    }
    return own;
  }

  /** For the values of a picture. */
  float[] picture(int size) {
    if (picture.length < size) {
      picture = new float[size];
    }
    return picture;
  }

  /** For the values of a picture that has been shrunk. */
  float[] smaller(int size) {
    if (smaller.length < size) {
      smaller = new float[size];
    }
    return smaller;
  }

  /** For the values of a row. */
  float[] row(int size) {
    if (row.length < size) {
      row = new float[size];
    }
    return row;
  }

  /** For the values of a second row. */
  float[] other(int size) {
    if (other.length < size) {
      other = new float[size];
    }
    return other;
  }

  /** For the values of some rows; exactly so many. */
  float[][] ring(int rows, int length) {
    if (ring.length != rows || ring[0].length < length) {
      ring = new float[rows][length];
    }
    return ring;
  }
}
