package org.onecycle.vision.augment;

import java.util.Arrays;
import org.onecycle.vision.image.FloatRows;

/**
 * Shrinks pictures by the mean of the pixels under each new one (PyTorch's mode {@code area}), row
 * by row as they come.
 */
final class Area implements FloatRows {
  private final int height;
  private final int toHeight;
  private final int step;
  private final int line;
  private final int toLine;
  private final int[] runs;
  private final float[][] ring;
  private final float[] sum;
  private final float[] pairs;
  private final float[] out;
  private int next;
  private int done;

  private Area(Item item, int lines, int step, int toHeight, int toWidth) {
    this.height = item.height();
    this.toHeight = toHeight;
    this.step = step;
    this.line = item.width() * step;
    this.toLine = toWidth * step;
    this.runs = runs(item.width(), toWidth);
    Scratch scratch = Scratch.ofThread();
    this.ring = scratch.ring((height + toHeight - 1) / toHeight + 1, line);
    this.sum = scratch.row(line);
    this.pairs = scratch.other(line);
    this.out = scratch.smaller(lines * toHeight * toLine);
  }

  /** Returns a picture of the same layout in an array of the thread. */
  static Pixels shrink(Source from, Item item, int toHeight, int toWidth) {
    boolean byPixel = from.byPixel();
    int lines = byPixel ? 1 : item.channels();
    Area area = new Area(item, lines, byPixel ? item.channels() : 1, toHeight, toWidth);
    from.rows(area);
    return new Pixels(area.out, 0, item.channels(), toHeight, toWidth, byPixel);
  }

  @Override
  public void row(int index, float[] values) {
    int y = index % height;
    System.arraycopy(values, 0, ring[y % ring.length], 0, line);
    while (next < toHeight && high(next, height, toHeight) == y + 1) {
      mean(low(next, height, toHeight), y + 1);
      next++;
    }
    if (y == height - 1) {
      next = 0;
    }
  }

  private void mean(int top, int bottom) {
    System.arraycopy(ring[top % ring.length], 0, sum, 0, line);
    for (int k = top + 1; k < bottom; k++) {
      add(ring[k % ring.length], sum, line);
    }
    int rows = bottom - top;
    pairs(sum, step, 2 * rows, pairs, line - step);
    for (int r = 0; r < runs.length; r += 3) {
      int n = runs[r + 2] * step;
      if (runs[r + 1] == 2) {
        System.arraycopy(pairs, runs[r] * step, out, done, n);
      } else {
        means(sum, runs[r] * step, step, runs[r + 1], rows, out, done, n);
      }
      done += n;
    }
  }

  private static void add(float[] from, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] += from[i];
    }
  }

  /** Means of two neighbours, the usual case: of the whole row, so that the loop is vectorised. */
  private static void pairs(float[] from, int step, int area, float[] to, int n) {
    // Two arrays: a loop over two places of one is not vectorised.
    System.arraycopy(from, step, to, 0, n);
    if (Integer.bitCount(area) == 1) {
      // As exact as a division, and quicker.
      float share = 1f / area;
      for (int i = 0; i < n; i++) {
        to[i] = (from[i] + to[i]) * share;
      }
    } else {
      for (int i = 0; i < n; i++) {
        to[i] = (from[i] + to[i]) / area;
      }
    }
  }

  private static void means(
      float[] row, int at, int step, int size, int rows, float[] out, int start, int n) {
    float area = size * rows;
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
