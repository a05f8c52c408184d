package org.onecycle.backend;

import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;

/**
 * Batch norm of small FLOAT matrices {@code [N, C]} in Java, with sums in double precision.
 *
 * <p>The batches of tables and heads are so small that a native call costs as much as the work, and
 * oneDNN's sums, which are FLOAT, would be most of a network's rounding.
 */
final class MatrixNorm {
  private static final long LARGEST = 1 << 16;

  private MatrixNorm() {}

  /**
   * The statistics as the gradient needs them: rounded to FLOAT they would cost digits.
   *
   * @param inverse {@code 1 / sqrt(variance + eps)}
   */
  private record Exact(double[] mean, double[] inverse) {}

  /** Whether the gradient is one of a result of {@link #forward}. */
  static boolean made(NormKernels.Stats stats) {
    return stats.workspace() instanceof Exact;
  }

  static boolean fits(Array x) {
    return x.rank() == 2 && x.dtype() == DType.FLOAT && x.isHost() && x.numel() <= LARGEST;
  }

  static NormKernels.Normalized forward(Array x, Array weight, Array bias, double eps) {
    int n = (int) x.size(0);
    int c = (int) x.size(1);
    float[] v = Host.floats(x);
    double[] mean = new double[c];
    for (int r = 0, i = 0; r < n; r++) {
      for (int k = 0; k < c; k++) {
        mean[k] += v[i++];
      }
    }
    for (int k = 0; k < c; k++) {
      mean[k] /= n;
    }
    double[] variance = new double[c];
    for (int r = 0, i = 0; r < n; r++) {
      for (int k = 0; k < c; k++) {
        double d = v[i++] - mean[k];
        variance[k] += d * d;
      }
    }
    double[] inverse = new double[c];
    double[] scale = new double[c];
    float[] w = weight == null ? null : Host.floats(weight);
    float[] b = bias == null ? new float[c] : Host.floats(bias);
    for (int k = 0; k < c; k++) {
      variance[k] /= n;
      inverse[k] = 1 / Math.sqrt(variance[k] + eps);
      scale[k] = (w == null ? 1 : w[k]) * inverse[k];
    }
    for (int r = 0, i = 0; r < n; r++) {
      for (int k = 0; k < c; k++, i++) {
        v[i] = (float) ((v[i] - mean[k]) * scale[k] + b[k]);
      }
    }
    Array y = Array.empty(DType.FLOAT, n, c);
    Host.put(v, y);
    Exact exact = new Exact(mean, inverse);
    return new NormKernels.Normalized(
        y, new NormKernels.Stats(Channels.vector(y, mean), Channels.vector(y, variance), exact));
  }

  /** As {@link Nd4jNorm#batchNormGrad}. */
  static Grads backward(Array dy, Array x, Array weight, NormKernels.Stats stats, GradMask mask) {
    int n = (int) x.size(0);
    int c = (int) x.size(1);
    float[] g = Host.floats(dy);
    float[] v = Host.floats(x);
    Exact exact = (Exact) stats.workspace();
    double[] mean = exact.mean;
    double[] inverse = exact.inverse;
    double[] sum = new double[c];
    double[] dot = new double[c];
    for (int r = 0, i = 0; r < n; r++) {
      for (int k = 0; k < c; k++, i++) {
        sum[k] += g[i];
        dot[k] += g[i] * (v[i] - mean[k]);
      }
    }
    float[] w = weight == null ? null : Host.floats(weight);
    double[] dw = new double[c];
    double[] ofDy = new double[c];
    double[] ofX = new double[c];
    double[] offset = new double[c];
    for (int k = 0; k < c; k++) {
      dw[k] = dot[k] * inverse[k];
      ofDy[k] = inverse[k] * (w == null ? 1 : w[k]);
      ofX[k] = ofDy[k] * inverse[k] * dw[k] / n;
      offset[k] = ofDy[k] * sum[k] / n;
    }
    Array dx = null;
    if (mask.x()) {
      for (int r = 0, i = 0; r < n; r++) {
        for (int k = 0; k < c; k++, i++) {
          g[i] = (float) (g[i] * ofDy[k] - (v[i] - mean[k]) * ofX[k] - offset[k]);
        }
      }
      dx = Array.empty(DType.FLOAT, n, c);
      Host.put(g, dx);
    }
    return new Grads(
        dx,
        mask.weight() ? Channels.vector(x, dw) : null,
        mask.bias() ? Channels.vector(x, sum) : null);
  }
}
