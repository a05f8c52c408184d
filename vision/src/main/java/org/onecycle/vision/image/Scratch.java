package org.onecycle.vision.image;

/** Arrays that a thread uses again for every picture; what they hold is nobody else's. */
final class Scratch {
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private byte[] line = {};
  private int[] sums = {};
  private int[][] ring = {};

  private Scratch() {}

  static Scratch ofThread() {
    return OF_THREAD.get();
  }

  /** For the bytes of a row. */
  byte[] line(int length) {
    if (line.length < length) {
      line = new byte[length];
    }
    return line;
  }

  /** For the values of a row. */
  int[] sums(int length) {
    if (sums.length < length) {
      sums = new int[length];
    }
    return sums;
  }

  /** For the values of some rows; exactly so many. */
  int[][] ring(int rows, int length) {
    if (ring.length != rows || ring[0].length < length) {
      ring = new int[rows][length];
    }
    return ring;
  }
}
