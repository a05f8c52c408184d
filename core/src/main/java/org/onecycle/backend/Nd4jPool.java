package org.onecycle.backend;

import org.onecycle.array.Array;

/**
 * {@link PoolKernels} on any ND4J device.
 *
 * <p>ND4J's pooling ignores dilation and knows neither ceil mode nor bins of different sizes; these
 * run in Java.
 */
final class Nd4jPool implements PoolKernels {

  /** The flat position in its plane of each window's maximum. */
  private record Positions(int[] at) {}

  @Override
  public Pooled maxPool2d(Array x, Pool2dSpec s, boolean wantGrad) {
    if (isNative(s)) {
      Array y = output(x, s.outputH(x.size(2)), s.outputW(x.size(3)));
      return new Pooled(
          y.numel() == 0 ? y : NativeOp.of("maxpool2d", arguments(s, 0)).run(y, x), null);
    }
    return max(x, rows(x.size(2), s), columns(x.size(3), s), wantGrad);
  }

  @Override
  public Array maxPool2dGrad(Array dy, Array x, Object workspace, Pool2dSpec s) {
    if (workspace instanceof Positions p) {
      return maxGrad(dy, x.shape(), p);
    }
    Array dx = Array.empty(x.dtype(), x.shape());
    if (dy.numel() == 0) {
      Backends.current().elementwise().fill(dx, 0);
      return dx;
    }
    return NativeOp.of("maxpool2d_bp", arguments(s, 0)).run(dx, x, dy);
  }

  @Override
  public Array avgPool2d(Array x, Pool2dSpec s) {
    if (isNative(s)) {
      Array y = output(x, s.outputH(x.size(2)), s.outputW(x.size(3)));
      return y.numel() == 0 ? y : NativeOp.of("avgpool2d", averages(s)).run(y, x);
    }
    return average(x, rows(x.size(2), s), columns(x.size(3), s));
  }

  @Override
  public Array avgPool2dGrad(Array dy, long[] shape, Pool2dSpec s) {
    if (!isNative(s) || dy.numel() == 0) {
      return averageGrad(dy, shape, rows(shape[2], s), columns(shape[3], s));
    }
    // The operation asks for the input, of which it only reads the shape.
    Array dx = Array.empty(dy.dtype(), shape);
    return NativeOp.of("avgpool2d_bp", averages(s)).run(dx, dx, dy);
  }

  @Override
  public Array adaptiveAvgPool2d(Array x, long outH, long outW) {
    return average(x, bins(x.size(2), outH), bins(x.size(3), outW));
  }

  @Override
  public Array adaptiveAvgPool2dGrad(Array dy, long[] shape) {
    return averageGrad(dy, shape, bins(shape[2], dy.size(2)), bins(shape[3], dy.size(3)));
  }

  @Override
  public Pooled adaptiveMaxPool2d(Array x, long outH, long outW, boolean wantGrad) {
    return max(x, bins(x.size(2), outH), bins(x.size(3), outW), wantGrad);
  }

  @Override
  public Array adaptiveMaxPool2dGrad(Array dy, long[] shape, Object workspace) {
    return maxGrad(dy, shape, (Positions) workspace);
  }

  private static Pooled max(Array x, Windows rows, Windows columns, boolean wantGrad) {
    Array y = output(x, rows.count(), columns.count());
    int width = Math.toIntExact(x.size(3));
    int size = rows.count() * columns.count();
    int[] at = wantGrad ? new int[Math.toIntExact(y.numel())] : null;
    Planes.map(
        x,
        y,
        (in, out, plane) -> {
          int o = 0;
          for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < columns.count(); j++, o++) {
              int best = rows.begin()[i] * width + columns.begin()[j];
              for (int r = rows.begin()[i]; r < rows.end()[i]; r += rows.step()) {
                int end = r * width + columns.end()[j];
                for (int p = r * width + columns.begin()[j]; p < end; p += columns.step()) {
                  if (in[p] > in[best] || in[p] != in[p]) {
                    best = p;
                  }
                }
              }
              out[o] = in[best];
              if (at != null) {
                at[plane * size + o] = best;
              }
            }
          }
        });
    return new Pooled(y, wantGrad ? new Positions(at) : null);
  }

  private static Array maxGrad(Array dy, long[] shape, Positions positions) {
    Array dx = Array.empty(dy.dtype(), shape);
    Planes.map(
        dy,
        dx,
        (in, out, plane) -> {
          for (int o = 0; o < in.length; o++) {
            out[positions.at[plane * in.length + o]] += in[o];
          }
        });
    return dx;
  }

  private static Array average(Array x, Windows rows, Windows columns) {
    Array y = output(x, rows.count(), columns.count());
    int width = Math.toIntExact(x.size(3));
    Planes.map(
        x,
        y,
        (in, out, plane) -> {
          int o = 0;
          for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < columns.count(); j++) {
              double sum = 0;
              for (int r = rows.begin()[i]; r < rows.end()[i]; r++) {
                int end = r * width + columns.end()[j];
                for (int p = r * width + columns.begin()[j]; p < end; p++) {
                  sum += in[p];
                }
              }
              out[o++] = sum / (rows.width()[i] * columns.width()[j]);
            }
          }
        });
    return y;
  }

  private static Array averageGrad(Array dy, long[] shape, Windows rows, Windows columns) {
    Array dx = Array.empty(dy.dtype(), shape);
    int width = Math.toIntExact(shape[3]);
    Planes.map(
        dy,
        dx,
        (in, out, plane) -> {
          int o = 0;
          for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < columns.count(); j++) {
              double share = in[o++] / (rows.width()[i] * columns.width()[j]);
              for (int r = rows.begin()[i]; r < rows.end()[i]; r++) {
                int end = r * width + columns.end()[j];
                for (int p = r * width + columns.begin()[j]; p < end; p++) {
                  out[p] += share;
                }
              }
            }
          }
        });
    return dx;
  }

  private static boolean isNative(Pool2dSpec s) {
    return !s.ceilMode() && s.dilationH() == 1 && s.dilationW() == 1;
  }

  private static long[] averages(Pool2dSpec s) {
    return arguments(s, s.countIncludePad() ? 1 : 0);
  }

  private static long[] arguments(Pool2dSpec s, long extra) {
    return new long[] {
      s.kernelH(), s.kernelW(), s.strideH(), s.strideW(), s.padH(), s.padW(), 1, 1, 0, extra, 0
    };
  }

  private static Windows rows(long height, Pool2dSpec s) {
    return Windows.sliding(
        Math.toIntExact(height),
        Math.toIntExact(s.outputH(height)),
        s.kernelH(),
        s.strideH(),
        s.padH(),
        s.dilationH(),
        s.countIncludePad());
  }

  private static Windows columns(long width, Pool2dSpec s) {
    return Windows.sliding(
        Math.toIntExact(width),
        Math.toIntExact(s.outputW(width)),
        s.kernelW(),
        s.strideW(),
        s.padW(),
        s.dilationW(),
        s.countIncludePad());
  }

  private static Windows bins(long size, long out) {
    return Windows.adaptive(Math.toIntExact(size), Math.toIntExact(out));
  }

  private static Array output(Array x, long height, long width) {
    return Array.empty(x.dtype(), x.size(0), x.size(1), height, width);
  }
}
