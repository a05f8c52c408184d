package org.onecycle.vision.augment;

import org.onecycle.vision.image.PadMode;

/**
 * Where the pixels of one result lie in its source, row after row: what PyTorch's {@code
 * grid_sample} computes, for a grid that one 3 x 3 matrix makes.
 */
final class Lookup {
  private static final double FAR = 1e9;

  private final double[] m;
  private final int height;
  private final int width;
  private final int toWidth;
  private final PadMode pad;
  private final boolean corners;

  /**
   * Of a change.
   *
   * @param places from places of the result to places of the source, both from -1 to 1
   * @param height of the source
   * @param width of the source
   * @param toHeight of the result
   * @param toWidth of the result
   * @param corners whether -1 and 1 are the middles of the outer pixels, and not their outer edges
   */
  Lookup(
      double[] places,
      int height,
      int width,
      int toHeight,
      int toWidth,
      PadMode pad,
      boolean corners) {
    this.height = height;
    this.width = width;
    this.toWidth = toWidth;
    this.pad = pad;
    this.corners = corners;
    double[] out = {
      step(toWidth, corners),
      0,
      first(toWidth, corners),
      0,
      step(toHeight, corners),
      first(toHeight, corners),
      0,
      0,
      1
    };
    double across = corners ? (width - 1) / 2.0 : width / 2.0;
    double down = corners ? (height - 1) / 2.0 : height / 2.0;
    double[] in = {across, 0, (width - 1) / 2.0, 0, down, (height - 1) / 2.0, 0, 0, 1};
    this.m = Matrix3.mul(in, Matrix3.mul(places, out));
  }

  /** Between the coordinates of two pixels, where n of them go from -1 to 1. */
  private static double step(int n, boolean corners) {
    return corners ? (n == 1 ? 0 : 2.0 / (n - 1)) : 2.0 / n;
  }

  /** The coordinate of the first pixel. */
  static double first(int n, boolean corners) {
    return corners ? (n == 1 ? 0 : -1) : 1.0 / n - 1;
  }

  /** The source pixel nearest to each pixel of a row of the result; -1 stands for nothing. */
  void nearest(int row, int[] index) {
    double x = m[1] * row + m[2];
    double y = m[4] * row + m[5];
    double z = m[7] * row + m[8];
    for (int i = 0; i < index.length; i++) {
      int sx = (int) Math.rint(inside(x / z, width));
      int sy = (int) Math.rint(inside(y / z, height));
      boolean there = sx >= 0 && sx < width && sy >= 0 && sy < height;
      index[i] = there ? sy * width + sx : -1;
      x += m[0];
      y += m[3];
      z += m[6];
    }
  }

  /**
   * Writes a row of the result: between the four source pixels around each place.
   *
   * @param to one channel after the other
   * @param start of the row in the first channel
   * @param plane from one channel to the next
   */
  void bilinear(int row, Pixels from, float[] to, int start, int plane) {
    double x = m[1] * row + m[2];
    double y = m[4] * row + m[5];
    double z = m[7] * row + m[8];
    double dx = m[0];
    double dy = m[3];
    double dz = m[6];
    int right = width - 1;
    int bottom = height - 1;
    int n = toWidth;
    for (int i = 0; i < n; i++) {
      double sx = x / z;
      double sy = y / z;
      if (sx >= 0 && sy >= 0 && sx < right && sy < bottom) {
        inner(sx, sy, from, to, start + i, plane);
      } else {
        edge(inside(sx, width), inside(sy, height), from, to, start + i, plane);
      }
      x += dx;
      y += dy;
      z += dz;
    }
  }

  /** Where all four pixels are there. */
  private static void inner(double x, double y, Pixels from, float[] to, int at, int plane) {
    int x0 = (int) x;
    int y0 = (int) y;
    float fx = (float) (x - x0);
    float fy = (float) (y - y0);
    float w0 = (1 - fx) * (1 - fy);
    float w1 = fx * (1 - fy);
    float w2 = (1 - fx) * fy;
    float w3 = fx * fy;
    float[] v = from.values();
    int across = from.across();
    int down = across * from.width();
    int p = from.start() + y0 * down + x0 * across;
    int q = p + down;
    if (from.channels() == 3 && from.byPixel()) {
      to[at] = w0 * v[p] + w1 * v[p + 3] + w2 * v[q] + w3 * v[q + 3];
      to[at + plane] = w0 * v[p + 1] + w1 * v[p + 4] + w2 * v[q + 1] + w3 * v[q + 4];
      to[at + 2 * plane] = w0 * v[p + 2] + w1 * v[p + 5] + w2 * v[q + 2] + w3 * v[q + 5];
      return;
    }
    int deep = from.deep();
    for (int c = 0; c < from.channels(); c++) {
      to[at + c * plane] = w0 * v[p] + w1 * v[p + across] + w2 * v[q] + w3 * v[q + across];
      p += deep;
      q += deep;
    }
  }

  /** Where some may lie beyond the edge: these weigh nothing. */
  private static void edge(double x, double y, Pixels from, float[] to, int at, int plane) {
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    float fx = (float) (x - x0);
    float fy = (float) (y - y0);
    for (int c = 0; c < from.channels(); c++) {
      int first = from.start() + c * from.deep();
      float sum = 0;
      for (int k = 0; k < 4; k++) {
        int px = x0 + (k & 1);
        int py = y0 + (k >> 1);
        if (px >= 0 && px < from.width() && py >= 0 && py < from.height()) {
          float weight = ((k & 1) == 0 ? 1 - fx : fx) * (k >> 1 == 0 ? 1 - fy : fy);
          sum += weight * from.values()[first + (py * from.width() + px) * from.across()];
        }
      }
      to[at + c * plane] = sum;
    }
  }

  /** Brings what lies outside of n pixels in, as the padding says. */
  private double inside(double place, int n) {
    if (place >= 0 && place <= n - 1) {
      return place;
    }
    // At the horizon of a strong warp there is no place.
    double at = Math.abs(place) < FAR ? place : FAR;
    return switch (pad) {
      // Far enough outside for no weight; keeps the numbers fit for int.
      case ZEROS -> Math.max(-2, Math.min(n + 1.0, at));
      case BORDER -> clip(at, n);
      case REFLECTION -> corners ? reflect(at, 0, n - 1) : clip(reflect(at, -0.5, n - 0.5), n);
    };
  }

  private static double clip(double at, int n) {
    return Math.max(0, Math.min(n - 1, at));
  }

  private static double reflect(double at, double low, double high) {
    double span = high - low;
    if (span == 0) {
      return low;
    }
    double from = Math.abs(at - low) % (2 * span);
    return low + (from <= span ? from : 2 * span - from);
  }
}
