package org.onecycle.vision.augment;

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
    int[] edges = edges(from.width(), toWidth);
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
        if (step == 3) {
          threes(row, edges, bottom - top, out, o);
        } else {
          means(row, step, edges, bottom - top, out, o);
        }
        o += toWidth * step;
      }
    }
    return new Pixels(out, 0, channels, toHeight, toWidth, from.byPixel());
  }

  private static void add(float[] from, int start, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] += from[start + i];
    }
  }

  private static void means(float[] row, int step, int[] edges, int rows, float[] out, int start) {
    int o = start;
    for (int e = 0; e < edges.length; e += 2) {
      int left = edges[e];
      int right = edges[e + 1];
      for (int c = 0; c < step; c++) {
        float sum = row[left * step + c];
        for (int k = left + 1; k < right; k++) {
          sum += row[k * step + c];
        }
        out[o++] = sum / ((right - left) * rows);
      }
    }
  }

  /** The same for three channels side by side, the usual case. */
  private static void threes(float[] row, int[] edges, int rows, float[] out, int start) {
    int o = start;
    for (int e = 0; e < edges.length; e += 2) {
      int at = 3 * edges[e];
      int end = 3 * edges[e + 1];
      float n = (edges[e + 1] - edges[e]) * rows;
      float r = row[at];
      float g = row[at + 1];
      float b = row[at + 2];
      for (int k = at + 3; k < end; k += 3) {
        r += row[k];
        g += row[k + 1];
        b += row[k + 2];
      }
      out[o] = r / n;
      out[o + 1] = g / n;
      out[o + 2] = b / n;
      o += 3;
    }
  }

  /** For each new pixel the first and the last but one of the old ones under it. */
  private static int[] edges(int from, int to) {
    int[] edges = new int[2 * to];
    for (int i = 0; i < to; i++) {
      edges[2 * i] = low(i, from, to);
      edges[2 * i + 1] = high(i, from, to);
    }
    return edges;
  }

  private static int low(int i, int from, int to) {
    return i * from / to;
  }

  private static int high(int i, int from, int to) {
    return ((i + 1) * from + to - 1) / to;
  }
}
