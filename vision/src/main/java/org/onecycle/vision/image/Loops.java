package org.onecycle.vision.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The innermost loops of resizing: each over whole arrays of {@code int}, from their beginning,
 * which is what the compiler turns into vector instructions.
 */
final class Loops {
  /** Bytes behind a row that may be read along with its last pixel. */
  static final int SPARE = 3;

  private static final VarHandle PIXEL =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BITS = Kernel.BITS;
  private static final int HALF = Kernel.HALF;
  private static final int BYTE = 0xff;

  private Loops() {}

  /** Fetches a pixel with all its channels for each new column. */
  static void fetch(byte[] row, int[] first, int tap, int channels, int[] to) {
    for (int x = 0; x < first.length; x++) {
      to[x] = (int) PIXEL.get(row, (first[x] + tap) * channels);
    }
  }

  /** Takes one channel of fetched pixels. */
  static void channel(int[] pixels, int shift, int[] to, int n) {
    for (int x = 0; x < n; x++) {
      to[x] = (pixels[x] >>> shift) & BYTE;
    }
  }

  /** New pixels between two. */
  static void columns(int[] a, int[] v, int[] b, int[] w, int shift, int[] to) {
    for (int x = 0; x < v.length; x++) {
      int sum = v[x] * ((a[x] >>> shift) & BYTE) + w[x] * ((b[x] >>> shift) & BYTE);
      to[x] = (HALF + sum) >> BITS;
    }
  }

  static void startColumns(int[] a, int[] v, int[] b, int[] w, int shift, int[] to) {
    for (int x = 0; x < v.length; x++) {
      to[x] = HALF + v[x] * ((a[x] >>> shift) & BYTE) + w[x] * ((b[x] >>> shift) & BYTE);
    }
  }

  static void endColumns(int[] a, int[] v, int[] b, int[] w, int shift, int[] to) {
    for (int x = 0; x < v.length; x++) {
      int sum = to[x] + v[x] * ((a[x] >>> shift) & BYTE) + w[x] * ((b[x] >>> shift) & BYTE);
      to[x] = sum >> BITS;
    }
  }

  static void moreColumns(int[] a, int[] v, int shift, int[] to) {
    for (int x = 0; x < v.length; x++) {
      to[x] += v[x] * ((a[x] >>> shift) & BYTE);
    }
  }

  static void rows(int[] a, int v, int[] to, int n) {
    for (int x = 0; x < n; x++) {
      to[x] = (HALF + v * a[x]) >> BITS;
    }
  }

  static void rows(int[] a, int v, int[] b, int w, int[] to, int n) {
    for (int x = 0; x < n; x++) {
      to[x] = (HALF + v * a[x] + w * b[x]) >> BITS;
    }
  }

  static void rows(int[] a, int u, int[] b, int v, int[] c, int w, int[] to, int n) {
    for (int x = 0; x < n; x++) {
      to[x] = (HALF + u * a[x] + v * b[x] + w * c[x]) >> BITS;
    }
  }

  static void startRows(int[] a, int v, int[] b, int w, int[] to, int n) {
    for (int x = 0; x < n; x++) {
      to[x] = HALF + v * a[x] + w * b[x];
    }
  }

  static void moreRows(int[] a, int w, int[] to, int n) {
    for (int x = 0; x < n; x++) {
      to[x] += w * a[x];
    }
  }

  static void shift(int[] sums, int n) {
    for (int x = 0; x < n; x++) {
      sums[x] >>= BITS;
    }
  }
}
