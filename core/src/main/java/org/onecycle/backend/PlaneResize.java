package org.onecycle.backend;

import org.onecycle.array.Array;

/**
 * {@link ResizeKernels} in Java: ND4J's resizing takes channels last and has no gradients.
 *
 * <p>Both axes are blended one after the other, each cell from two of the source's.
 */
final class PlaneResize implements ResizeKernels {

  /** For every cell of an axis the two source cells and the second one's weight. */
  private record Taps(int[] low, int[] high, double[] weight) {

    static Taps nearest(long in, long out) {
      Taps t = empty(out);
      for (int i = 0; i < t.low.length; i++) {
        t.low[i] = (int) (i * in / out);
        t.high[i] = t.low[i];
      }
      return t;
    }

    static Taps bilinear(long in, long out, boolean alignCorners) {
      Taps t = empty(out);
      for (int i = 0; i < t.low.length; i++) {
        double source =
            alignCorners
                ? (out == 1 ? 0 : (double) i * (in - 1) / (out - 1))
                : Math.max(0, (i + 0.5) * in / out - 0.5);
        t.low[i] = (int) Math.min(in - 1, (long) source);
        t.high[i] = (int) Math.min(in - 1, t.low[i] + 1L);
        t.weight[i] = source - t.low[i];
      }
      return t;
    }

    private static Taps empty(long out) {
      int n = Math.toIntExact(out);
      return new Taps(new int[n], new int[n], new double[n]);
    }
  }

  @Override
  public Array nearest(Array x, long outH, long outW) {
    return blend(x, Taps.nearest(x.size(2), outH), Taps.nearest(x.size(3), outW));
  }

  @Override
  public Array nearestGrad(Array dy, long[] shape) {
    Taps rows = Taps.nearest(shape[2], dy.size(2));
    return blendGrad(dy, shape, rows, Taps.nearest(shape[3], dy.size(3)));
  }

  @Override
  public Array bilinear(Array x, long outH, long outW, boolean alignCorners) {
    Taps rows = Taps.bilinear(x.size(2), outH, alignCorners);
    return blend(x, rows, Taps.bilinear(x.size(3), outW, alignCorners));
  }

  @Override
  public Array bilinearGrad(Array dy, long[] shape, boolean alignCorners) {
    Taps rows = Taps.bilinear(shape[2], dy.size(2), alignCorners);
    return blendGrad(dy, shape, rows, Taps.bilinear(shape[3], dy.size(3), alignCorners));
  }

  private static Array blend(Array x, Taps rows, Taps columns) {
    int outW = columns.low.length;
    int width = Math.toIntExact(x.size(3));
    Array y = Array.empty(x.dtype(), x.size(0), x.size(1), rows.low.length, outW);
    Planes.map(
        x,
        y,
        (in, out, plane) -> {
          double[] row = new double[width];
          for (int i = 0; i < rows.low.length; i++) {
            int low = rows.low[i] * width;
            int high = rows.high[i] * width;
            double w = rows.weight[i];
            for (int j = 0; j < width; j++) {
              // Without weight the second row has no say, not even an infinite one.
              row[j] = w == 0 ? in[low + j] : in[low + j] * (1 - w) + in[high + j] * w;
            }
            for (int j = 0; j < outW; j++) {
              double v = columns.weight[j];
              double a = row[columns.low[j]];
              out[i * outW + j] = v == 0 ? a : a * (1 - v) + row[columns.high[j]] * v;
            }
          }
        });
    return y;
  }

  private static Array blendGrad(Array dy, long[] shape, Taps rows, Taps columns) {
    int outW = columns.low.length;
    int width = Math.toIntExact(shape[3]);
    Array dx = Array.empty(dy.dtype(), shape);
    Planes.map(
        dy,
        dx,
        (in, out, plane) -> {
          double[] row = new double[width];
          for (int i = 0; i < rows.low.length; i++) {
            java.util.Arrays.fill(row, 0);
            for (int j = 0; j < outW; j++) {
              double d = in[i * outW + j];
              row[columns.low[j]] += d * (1 - columns.weight[j]);
              row[columns.high[j]] += d * columns.weight[j];
            }
            int low = rows.low[i] * width;
            int high = rows.high[i] * width;
            double w = rows.weight[i];
            for (int j = 0; j < width; j++) {
              out[low + j] += row[j] * (1 - w);
              out[high + j] += row[j] * w;
            }
          }
        });
    return dx;
  }
}
