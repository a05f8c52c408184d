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
 * forgotten after the last. Each channel has rows of its own, and values are widened to {@code int}
 * once, for the sake of {@link Loops}.
 */
final class Resampler {
  private final RowSource source;
  private final int channels;
  private final int width;
  private final Kernel across;
  private final byte[] line;
  private final int[][] pixels;
  private final int[][][] ring;
  private int read;

  private Resampler(RowSource source, int channels, int width, int depth, Scratch scratch) {
    this.source = source;
    this.channels = channels;
    this.width = width;
    this.across = Kernel.bilinear(source.width(), width);
    this.line = scratch.line(source.width() * channels + Loops.SPARE);
    this.pixels = scratch.pixels(across.taps(), width);
    this.ring = scratch.ring(depth, channels, width);
  }

  /** Hands the rows of the resized picture to a sink, from top to bottom. */
  static void resize(
      RowSource from, int channels, int width, int height, RowSink to, Scratch scratch) {
    if (height == from.height()) {
      Resampler rows = new Resampler(from, channels, width, 1, scratch);
      for (int y = 0; y < height; y++) {
        to.row(y, rows.row(y));
      }
      return;
    }
    Kernel down = Kernel.bilinear(from.height(), height);
    Resampler rows = new Resampler(from, channels, width, down.taps(), scratch);
    int[][] sums = scratch.sums(channels, width);
    for (int y = 0; y < height; y++) {
      rows.sum(down, y, sums);
      to.row(y, sums);
    }
  }

  /** A row of the source in its new width. */
  private int[][] row(int y) {
    int[][] to = ring[y % ring.length];
    if (y < read) {
      return to;
    }
    source.row(y, line);
    read = y + 1;
    int taps = across.taps();
    int[][] w = across.weights();
    for (int t = 0; t < taps; t++) {
      Loops.fetch(line, across.first(), t, channels, pixels[t]);
    }
    for (int c = 0; c < channels; c++) {
      int shift = Byte.SIZE * c;
      if (width == source.width()) {
        Loops.channel(pixels[0], shift, to[c], width);
      } else if (taps == 1) {
        Loops.columns(pixels[0], w[0], pixels[0], new int[width], shift, to[c]);
      } else if (taps == 2) {
        Loops.columns(pixels[0], w[0], pixels[1], w[1], shift, to[c]);
      } else {
        Loops.startColumns(pixels[0], w[0], pixels[1], w[1], shift, to[c]);
        for (int t = 2; t < taps - 2; t++) {
          Loops.moreColumns(pixels[t], w[t], shift, to[c]);
        }
        if (taps > 3) {
          int t = taps - 2;
          Loops.endColumns(pixels[t], w[t], pixels[t + 1], w[t + 1], shift, to[c]);
        } else {
          Loops.moreColumns(pixels[2], w[2], shift, to[c]);
          Loops.shift(to[c], width);
        }
      }
    }
    return to;
  }

  /** A new row; those that weigh nothing are not asked for. */
  private void sum(Kernel down, int y, int[][] sums) {
    int[][] w = down.weights();
    int first = down.first()[y];
    int k = 0;
    int end = down.taps();
    while (end - k > 1 && w[end - 1][y] == 0) {
      end--;
    }
    while (end - k > 1 && w[k][y] == 0) {
      k++;
    }
    for (int j = k; j < end; j++) {
      row(first + j);
    }
    for (int c = 0; c < channels; c++) {
      int[] a = row(first + k)[c];
      if (end - k == 1) {
        Loops.rows(a, w[k][y], sums[c], width);
        continue;
      }
      int[] b = row(first + k + 1)[c];
      if (end - k == 2) {
        Loops.rows(a, w[k][y], b, w[k + 1][y], sums[c], width);
      } else if (end - k == 3) {
        int[] d = row(first + k + 2)[c];
        Loops.rows(a, w[k][y], b, w[k + 1][y], d, w[k + 2][y], sums[c], width);
      } else {
        Loops.startRows(a, w[k][y], b, w[k + 1][y], sums[c], width);
        for (int j = k + 2; j < end; j++) {
          Loops.moreRows(row(first + j)[c], w[j][y], sums[c], width);
        }
        Loops.shift(sums[c], width);
      }
    }
  }
}
