package org.onecycle.vision.image;

/**
 * Resizes with PIL's bilinear filter: a triangle whose support grows with the shrinking, so that
 * every source pixel counts (OpenCV's bilinear looks at 4 pixels and aliases, its area filter is a
 * box).
 *
 * <p>Pretrained networks and fastai's results come from pictures that PIL shrank, hence our own few
 * lines, equal to PIL's bit for bit: the output pixel {@code i} weighs the source pixel {@code j}
 * with {@code max(0, 1 - |j + 1/2 - (i + 1/2) s| / max(1, s))}, {@code s} = source size / output
 * size, weights normalised to a sum of 1. The columns first, then the rows, in 22 bit fixed point,
 * rounded to 8 bits in between.
 *
 * <p>Works row by row: a row is brought to its new width when the first new row needs it, and
 * forgotten after the last. Values are widened to {@code int} once, because the compiler vectorises
 * loops over one type only.
 */
final class Resampler {
  private static final int BITS = Kernel.BITS;
  private static final int HALF = Kernel.HALF;

  private final RowSource source;
  private final int channels;
  private final Kernel across;
  private final Scratch scratch;
  private final byte[] line;
  private final int lineLength;
  private final int[][] ring;
  private int read;

  private Resampler(RowSource source, int channels, Kernel across, int depth, int stride) {
    this.source = source;
    this.channels = channels;
    this.across = across;
    this.scratch = Scratch.ofThread();
    this.lineLength = source.width() * channels;
    this.line = scratch.line(lineLength);
    this.ring = scratch.ring(depth, stride);
  }

  /** Hands the rows of the resized picture to a sink, from top to bottom. */
  static void resize(RowSource from, int channels, int width, int height, RowSink to) {
    int stride = width * channels;
    Kernel across = width == from.width() ? null : Kernel.bilinear(from.width(), width);
    if (height == from.height()) {
      Resampler rows = new Resampler(from, channels, across, 1, stride);
      for (int y = 0; y < height; y++) {
        to.row(y, rows.row(y), stride);
      }
      return;
    }
    Kernel down = Kernel.bilinear(from.height(), height);
    Resampler rows = new Resampler(from, channels, across, down.taps(), stride);
    int[] sums = rows.scratch.sums(stride);
    for (int y = 0; y < height; y++) {
      rows.sum(down, y, sums, stride);
      to.row(y, sums, stride);
    }
  }

  /** A row of the source in its new width. */
  private int[] row(int y) {
    int[] to = ring[y % ring.length];
    if (y < read) {
      return to;
    }
    source.row(y, line);
    read = y + 1;
    if (across == null) {
      for (int i = 0; i < lineLength; i++) {
        to[i] = line[i] & 0xff;
      }
    } else if (channels == 3 && across.taps() == 2) {
      twos(line, across.first(), across.weights(), to);
    } else if (channels == 3 && across.taps() == 4) {
      fours(line, across.first(), across.weights(), to);
    } else if (channels == 3) {
      colours(line, across.first(), across.weights(), across.taps(), to);
    } else {
      greys(line, across.first(), across.weights(), across.taps(), to);
    }
    return to;
  }

  /** Enlarged pictures: each new pixel lies between two. */
  private static void twos(byte[] in, int[] first, int[] weights, int[] out) {
    int o = 0;
    for (int x = 0; x < first.length; x++) {
      int at = 3 * first[x];
      int v = weights[2 * x];
      int w = weights[2 * x + 1];
      out[o] = (HALF + v * (in[at] & 0xff) + w * (in[at + 3] & 0xff)) >> BITS;
      out[o + 1] = (HALF + v * (in[at + 1] & 0xff) + w * (in[at + 4] & 0xff)) >> BITS;
      out[o + 2] = (HALF + v * (in[at + 2] & 0xff) + w * (in[at + 5] & 0xff)) >> BITS;
      o += 3;
    }
  }

  /** Pictures that shrink to no less than a half. */
  private static void fours(byte[] in, int[] first, int[] weights, int[] out) {
    int o = 0;
    for (int x = 0; x < first.length; x++) {
      int at = 3 * first[x];
      int t = weights[4 * x];
      int u = weights[4 * x + 1];
      int v = weights[4 * x + 2];
      int w = weights[4 * x + 3];
      out[o] = four(in, at, t, u, v, w);
      out[o + 1] = four(in, at + 1, t, u, v, w);
      out[o + 2] = four(in, at + 2, t, u, v, w);
      o += 3;
    }
  }

  private static int four(byte[] in, int at, int t, int u, int v, int w) {
    int sum = HALF + t * (in[at] & 0xff) + u * (in[at + 3] & 0xff);
    return (sum + v * (in[at + 6] & 0xff) + w * (in[at + 9] & 0xff)) >> BITS;
  }

  private static void colours(byte[] in, int[] first, int[] weights, int taps, int[] out) {
    int k = 0;
    int o = 0;
    for (int x = 0; x < first.length; x++) {
      int at = 3 * first[x];
      int r = HALF;
      int g = HALF;
      int b = HALF;
      for (int end = k + taps; k < end; k++) {
        int w = weights[k];
        r += w * (in[at] & 0xff);
        g += w * (in[at + 1] & 0xff);
        b += w * (in[at + 2] & 0xff);
        at += 3;
      }
      out[o] = r >> BITS;
      out[o + 1] = g >> BITS;
      out[o + 2] = b >> BITS;
      o += 3;
    }
  }

  private static void greys(byte[] in, int[] first, int[] weights, int taps, int[] out) {
    int k = 0;
    for (int x = 0; x < first.length; x++) {
      int at = first[x];
      int sum = HALF;
      for (int end = k + taps; k < end; k++) {
        sum += weights[k] * (in[at++] & 0xff);
      }
      out[x] = sum >> BITS;
    }
  }

  /** A new row; along memory, so that the loops are vectorised. */
  private void sum(Kernel down, int y, int[] sums, int n) {
    int first = down.first()[y];
    int k = y * down.taps();
    int end = k + down.taps();
    int[] w = down.weights();
    while (end - k > 2 && w[end - 1] == 0) {
      end--;
    }
    while (end - k > 2 && w[k] == 0) {
      k++;
      first++;
    }
    if (end - k == 1) {
      one(row(first), w[k], sums, n);
      return;
    }
    int[] a = row(first);
    int[] b = row(first + 1);
    if (end - k == 2) {
      two(a, w[k], b, w[k + 1], sums, n);
    } else if (end - k == 3) {
      three(a, w[k], b, w[k + 1], row(first + 2), w[k + 2], sums, n);
    } else {
      start(a, w[k], b, w[k + 1], sums, n);
      for (int j = k + 2; j < end; j++) {
        more(row(first + j - k), w[j], sums, n);
      }
      shift(sums, n);
    }
  }

  private static void one(int[] a, int v, int[] sums, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] = (HALF + v * a[i]) >> BITS;
    }
  }

  private static void two(int[] a, int v, int[] b, int w, int[] sums, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] = (HALF + v * a[i] + w * b[i]) >> BITS;
    }
  }

  private static void three(int[] a, int u, int[] b, int v, int[] c, int w, int[] sums, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] = (HALF + u * a[i] + v * b[i] + w * c[i]) >> BITS;
    }
  }

  private static void start(int[] a, int v, int[] b, int w, int[] sums, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] = HALF + v * a[i] + w * b[i];
    }
  }

  private static void more(int[] a, int w, int[] sums, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] += w * a[i];
    }
  }

  private static void shift(int[] sums, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] >>= BITS;
    }
  }
}
