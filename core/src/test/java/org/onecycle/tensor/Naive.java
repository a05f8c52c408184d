package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.onecycle.array.DType;
import org.onecycle.backend.Conv2dSpec;
import org.onecycle.backend.Pool2dSpec;

/** Layers as plain loops, written from their definitions, to compare the kernels with. */
final class Naive {
  private Naive() {}

  /** A result with its shape. */
  record Result(double[] values, long... shape) {}

  static void assertSame(Result expected, Tensor actual) {
    assertArrayEquals(expected.shape, actual.shape());
    double tolerance = actual.dtype() == DType.FLOAT ? 2e-5 : 1e-10;
    double[] v = actual.toDoubles();
    for (int i = 0; i < v.length; i++) {
      double e = expected.values[i];
      assertEquals(e, v[i], tolerance * Math.max(1, Math.abs(e)), "element " + i);
    }
  }

  static int at(long[] shape, long a, long b, long c, long d) {
    return (int) (((a * shape[1] + b) * shape[2] + c) * shape[3] + d);
  }

  static Result conv2d(Tensor x, Tensor w, Tensor bias, Conv2dSpec s) {
    long[] xs = x.shape();
    long[] ws = w.shape();
    long oh = (xs[2] + 2 * s.padH() - s.dilationH() * (ws[2] - 1) - 1) / s.strideH() + 1;
    long ow = (xs[3] + 2 * s.padW() - s.dilationW() * (ws[3] - 1) - 1) / s.strideW() + 1;
    long[] ys = {xs[0], ws[0], oh, ow};
    double[] xv = x.toDoubles();
    double[] wv = w.toDoubles();
    double[] y = new double[(int) (xs[0] * ws[0] * oh * ow)];
    long outPerGroup = ws[0] / s.groups();
    for (long n = 0; n < xs[0]; n++) {
      for (long o = 0; o < ws[0]; o++) {
        for (long i = 0; i < oh; i++) {
          for (long j = 0; j < ow; j++) {
            double sum = bias == null ? 0 : bias.toDoubles()[(int) o];
            for (long c = 0; c < ws[1]; c++) {
              long from = o / outPerGroup * ws[1] + c;
              for (long p = 0; p < ws[2]; p++) {
                for (long q = 0; q < ws[3]; q++) {
                  long r = i * s.strideH() - s.padH() + p * s.dilationH();
                  long t = j * s.strideW() - s.padW() + q * s.dilationW();
                  if (r >= 0 && r < xs[2] && t >= 0 && t < xs[3]) {
                    sum += xv[at(xs, n, from, r, t)] * wv[at(ws, o, c, p, q)];
                  }
                }
              }
            }
            y[at(ys, n, o, i, j)] = sum;
          }
        }
      }
    }
    return new Result(y, ys);
  }

  static Result convTranspose2d(
      Tensor x, Tensor w, Tensor bias, Conv2dSpec s, int outPadH, int outPadW) {
    long[] xs = x.shape();
    long[] ws = w.shape();
    long out = ws[1] * s.groups();
    long oh = (xs[2] - 1) * s.strideH() - 2 * s.padH() + s.dilationH() * (ws[2] - 1) + outPadH + 1;
    long ow = (xs[3] - 1) * s.strideW() - 2 * s.padW() + s.dilationW() * (ws[3] - 1) + outPadW + 1;
    long[] ys = {xs[0], out, oh, ow};
    double[] xv = x.toDoubles();
    double[] wv = w.toDoubles();
    double[] y = new double[(int) (xs[0] * out * oh * ow)];
    for (int k = 0; bias != null && k < y.length; k++) {
      y[k] = bias.toDoubles()[(int) (k / (oh * ow) % out)];
    }
    long inPerGroup = xs[1] / s.groups();
    for (long n = 0; n < xs[0]; n++) {
      for (long c = 0; c < xs[1]; c++) {
        for (long i = 0; i < xs[2]; i++) {
          for (long j = 0; j < xs[3]; j++) {
            for (long o = 0; o < ws[1]; o++) {
              for (long p = 0; p < ws[2]; p++) {
                for (long q = 0; q < ws[3]; q++) {
                  long r = i * s.strideH() - s.padH() + p * s.dilationH();
                  long t = j * s.strideW() - s.padW() + q * s.dilationW();
                  if (r >= 0 && r < oh && t >= 0 && t < ow) {
                    y[at(ys, n, c / inPerGroup * ws[1] + o, r, t)] +=
                        xv[at(xs, n, c, i, j)] * wv[at(ws, c, o, p, q)];
                  }
                }
              }
            }
          }
        }
      }
    }
    return new Result(y, ys);
  }

  /** Pools with given windows; cells outside of the picture are skipped. */
  static Result pool(Tensor x, Pool2dSpec s, boolean max) {
    long[] xs = x.shape();
    long[] ys = {xs[0], xs[1], 0, 0};
    int[] k = {s.kernelH(), s.kernelW()};
    int[] stride = {s.strideH(), s.strideW()};
    int[] pad = {s.padH(), s.padW()};
    int[] dilation = {s.dilationH(), s.dilationW()};
    for (int a = 0; a < 2; a++) {
      double room = xs[2 + a] + 2.0 * pad[a] - dilation[a] * (k[a] - 1) - 1;
      double n = room / stride[a];
      ys[2 + a] = (long) (s.ceilMode() ? Math.ceil(n) : Math.floor(n)) + 1;
      if (s.ceilMode() && (ys[2 + a] - 1) * stride[a] >= xs[2 + a] + pad[a]) {
        ys[2 + a]--;
      }
    }
    double[] xv = x.toDoubles();
    double[] y = new double[(int) (ys[0] * ys[1] * ys[2] * ys[3])];
    for (int o = 0; o < y.length; o++) {
      long plane = o / (ys[2] * ys[3]);
      long i = o / ys[3] % ys[2];
      long j = o % ys[3];
      double best = Double.NEGATIVE_INFINITY;
      double sum = 0;
      int inside = 0;
      int padded = 0;
      for (int p = 0; p < k[0]; p++) {
        for (int q = 0; q < k[1]; q++) {
          long r = i * stride[0] - pad[0] + (long) p * dilation[0];
          long t = j * stride[1] - pad[1] + (long) q * dilation[1];
          if (r < xs[2] + pad[0] && t < xs[3] + pad[1]) {
            padded++;
          }
          if (r >= 0 && r < xs[2] && t >= 0 && t < xs[3]) {
            double v = xv[(int) ((plane * xs[2] + r) * xs[3] + t)];
            best = Math.max(best, v);
            sum += v;
            inside++;
          }
        }
      }
      y[o] = max ? best : sum / (s.countIncludePad() ? padded : inside);
    }
    return new Result(y, ys);
  }

  static Result adaptive(Tensor x, long outH, long outW, boolean max) {
    long[] xs = x.shape();
    double[] xv = x.toDoubles();
    double[] y = new double[(int) (xs[0] * xs[1] * outH * outW)];
    for (int o = 0; o < y.length; o++) {
      long plane = o / (outH * outW);
      long i = o / outW % outH;
      long j = o % outW;
      double best = Double.NEGATIVE_INFINITY;
      double sum = 0;
      int n = 0;
      for (long r = (long) Math.floor((double) i * xs[2] / outH);
          r < Math.ceil((i + 1.0) * xs[2] / outH);
          r++) {
        for (long t = (long) Math.floor((double) j * xs[3] / outW);
            t < Math.ceil((j + 1.0) * xs[3] / outW);
            t++) {
          double v = xv[(int) ((plane * xs[2] + r) * xs[3] + t)];
          best = Math.max(best, v);
          sum += v;
          n++;
        }
      }
      y[o] = max ? best : sum / n;
    }
    return new Result(y, xs[0], xs[1], outH, outW);
  }
}
