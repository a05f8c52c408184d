package org.onecycle.examples.breeds;

/** Smooth and cellular noise on the plane, from a hash of the grid's corners. */
final class Noise {
  private final int seed;

  Noise(int seed) {
    this.seed = seed;
  }

  /** A value in [0, 1) that changes smoothly from one grid corner to the next. */
  double value(double x, double y) {
    int ix = (int) Math.floor(x);
    int iy = (int) Math.floor(y);
    double fx = smooth(x - ix);
    double fy = smooth(y - iy);
    double top = corner(ix, iy) + fx * (corner(ix + 1, iy) - corner(ix, iy));
    double low = corner(ix, iy + 1) + fx * (corner(ix + 1, iy + 1) - corner(ix, iy + 1));
    return top + fy * (low - top);
  }

  /** Three octaves of {@link #value}, in [0, 1). */
  double cloud(double x, double y) {
    return (4 * value(x, y) + 2 * value(2 * x + 17, 2 * y) + value(4 * x, 4 * y + 31)) / 7;
  }

  /** The distance to the nearest of points strewn one to a grid cell. */
  double cell(double x, double y) {
    int ix = (int) Math.floor(x);
    int iy = (int) Math.floor(y);
    double best = 9;
    for (int cy = iy - 1; cy <= iy + 1; cy++) {
      for (int cx = ix - 1; cx <= ix + 1; cx++) {
        double dx = cx + 0.15 + 0.7 * corner(cx, cy) - x;
        double dy = cy + 0.15 + 0.7 * corner(cx + 7919, cy) - y;
        best = Math.min(best, dx * dx + dy * dy);
      }
    }
    return Math.sqrt(best);
  }

  private double corner(int x, int y) {
    int h = seed ^ x * 0x27d4eb2d ^ y * 0x165667b1;
    h = (h ^ h >>> 15) * 0x85ebca6b;
    h = (h ^ h >>> 13) * 0xc2b2ae35;
    return ((h ^ h >>> 16) >>> 8) * 0x1p-24;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }
}
