package org.onecycle.vision.augment;

import java.util.Arrays;

/** Shrinks pictures by the mean of the pixels under each new one (PyTorch's mode {@code area}). */
final class Area {
  private Area() {}

  /** Returns a picture of the same layout in an array of the thread. */
  static Pixels shrink(Pixels from, int toHeight, int toWidth) {
    int channels = from.channels();
    Scratch scratch = Scratch.ofThread();
    float[] out = scratch.smaller(channels * toHeight * toWidth);
    int lines = from.byPixel() ? 1 : channels;
    int step = from.across();
    int line = from.width() * step;
    float[] row = scratch.row(line);
    int[] runs = runs(from.width(), toWidth);
    int o = 0;
    for (int c = 0; c < lines; c++) {
      int plane = from.start() + c * from.height() * from.width();
      for (int y = 0; y < toHeight; y++) {
        int top = low(y, from.height(), toHeight);
        int bottom = high(y, from.height(), toHeight);
        System.arraycopy(from.values(), plane + top * line, row, 0, line);
        for (int k = top + 1; k < bottom; k++) {
          add(from.values(), plane + k * line, row, line);
        }
        for (int r = 0; r < runs.length; r += 3) {
          int n = runs[r + 2] * step;
          means(row, runs[r] * step, step, runs[r + 1], bottom - top, out, o, n);
          o += n;
        }
      }
    }
    return new Pixels(out, 0, channels, toHeight, toWidth, from.byPixel());
  }

  private static void add(float[] from, int start, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] += from[start + i];
    }
  }

  /** Means of neighbours, along memory, so that the loops are vectorised. */
  private static void means(
      float[] row, int at, int step, int size, int rows, float[] out, int start, int n) {
    float area = size * rows;
    if (size == 2) {
      for (int i = 0; i < n; i++) {
        out[start + i] = (row[at + i] + row[at + step + i]) / area;
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      float sum = row[at + i];
      for (int k = 1; k < size; k++) {
        sum += row[at + k * step + i];
      }
      out[start + i] = sum / area;
    }
  }

  /**
   * Runs of new pixels that lie over equally many old ones, each one pixel further than the one
   * before: the first old pixel, how many lie under each, the length.
   */
  private static int[] runs(int from, int to) {
    int[] runs = new int[3 * to];
    int n = 0;
    for (int i = 0; i < to; i++) {
      int first = low(i, from, to);
      int size = high(i, from, to) - first;
      if (n > 0 && size == runs[n - 2] && first == runs[n - 3] + runs[n - 1]) {
        runs[n - 1]++;
      } else {
        runs[n] = first;
        runs[n + 1] = size;
        runs[n + 2] = 1;
        n += 3;
      }
    }
    return Arrays.copyOf(runs, n);
  }

  private static int low(int i, int from, int to) {
    return i * from / to;
  }

  private static int high(int i, int from, int to) {
    return ((i + 1) * from + to - 1) / to;
  }
}
