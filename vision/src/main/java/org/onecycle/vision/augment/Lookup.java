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

  /** The four source pixels around each pixel of a row of the result, and their weights. */
  void bilinear(int row, Corners to) {
    double x = m[1] * row + m[2];
    double y = m[4] * row + m[5];
    double z = m[7] * row + m[8];
    for (int i = 0; i < to.size(); i++) {
      to.set(i, inside(x / z, width), inside(y / z, height), width, height);
      x += m[0];
      y += m[3];
      z += m[6];
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
