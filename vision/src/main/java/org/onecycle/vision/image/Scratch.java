package org.onecycle.vision.image;

import java.lang.ref.SoftReference;

/**
 * Arrays that a thread uses again for every picture; what they hold is nobody else's.
 *
 * <p>Between two pictures the collector may have them where memory is short: a server's threads are
 * many and live long, and each would go on holding the largest picture that it has ever seen.
 *
 * <p>Who is called back with a row may work on another picture meanwhile, which then gets arrays of
 * its own.
 */
final class Scratch {
  private static final ThreadLocal<SoftReference<Scratch>> OF_THREAD = new ThreadLocal<>();

  private boolean taken;
  private byte[] picture = {};
  private byte[] line = {};
  private int[][] sums = {};
  private int[][] pixels = {};
  private float[] floats = {};
  private int[][][] ring = {};

  private Scratch() {}

  static Scratch take() {
    SoftReference<Scratch> last = OF_THREAD.get();
    Scratch own = last == null ? null : last.get();
    if (own == null) {
      own = new Scratch();
      OF_THREAD.set(new SoftReference<>(own));
    }
    Scratch free = own.taken ? new Scratch() : own;
    free.taken = true;
    return free;
  }

  void giveBack() {
    taken = false;
  }

  /** For the bytes of a picture. */
  byte[] picture(int length) {
    if (picture.length < length) {
      picture = new byte[length];
    }
    return picture;
  }

  /** For the bytes of a row. */
  byte[] line(int length) {
    if (line.length < length) {
      line = new byte[length];
    }
    return line;
  }

  /** For the values of a row; exactly so many channels. */
  int[][] sums(int channels, int length) {
    if (sums.length != channels || sums[0].length < length) {
      sums = new int[channels][length];
    }
    return sums;
  }

  /** For the pixels of some rows. */
  int[][] pixels(int rows, int length) {
    if (pixels.length < rows || pixels[0].length < length) {
      pixels = new int[rows][length];
    }
    return pixels;
  }

  /** For the values of a row from 0 to 1. */
  float[] floats(int length) {
    if (floats.length < length) {
      floats = new float[length];
    }
    return floats;
  }

  /** For the values of some rows; exactly so many rows and channels. */
  int[][][] ring(int rows, int channels, int length) {
    if (ring.length != rows || ring[0].length != channels || ring[0][0].length < length) {
      ring = new int[rows][channels][length];
    }
    return ring;
  }
}
