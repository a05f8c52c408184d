package org.onecycle.backend;

import java.nio.FloatBuffer;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;

/**
 * Batch norm of small FLOAT matrices {@code [N, C]} in Java, with sums as good as in double
 * precision: see {@link ColumnSums}, also for why rows come in blocks.
 *
 * <p>The batches of tables and heads are so small that a native call costs as much as the work, and
 * oneDNN's sums, which are FLOAT, would be most of a network's rounding.
 */
final class MatrixNorm {
  private static final long LARGEST = 1 << 16;
  private static final int BLOCK = 1 << 10;

  private MatrixNorm() {}

  /**
   * What the gradient needs beside the input: statistics rounded to FLOAT would cost it digits.
   *
   * @param high the mean, rounded to FLOAT
   * @param low what that lost
   * @param inverse {@code 1 / sqrt(variance + eps)}
   */
  private record Exact(float[] high, float[] low, double[] inverse) {}

  /** Whether the gradient is one of a result of {@link #forward}. */
  static boolean made(NormKernels.Stats stats) {
    return stats.workspace() instanceof Exact;
  }

  static boolean fits(Array x) {
    return x.rank() == 2
        && x.dtype() == DType.FLOAT
        && x.isHost()
        && x.numel() <= LARGEST
        && x.floats() != null;
  }

  /** Returns how many elements a block has: whole rows. */
  private static int block(int n, int c) {
    return Math.min(n, Math.max(1, BLOCK / c)) * c;
  }

  /** Returns a number for each column as one for each place in a block. */
  private static float[] tiled(float[] columns, int block, Scratch memory) {
    float[] out = memory.take(block);
    for (int at = 0; at < block; at += columns.length) {
      System.arraycopy(columns, 0, out, at, columns.length);
    }
    return out;
  }

  static NormKernels.Normalized forward(Array x, Array weight, Array bias, double eps) {
    int n = (int) x.size(0);
    int c = (int) x.size(1);
    int size = block(n, c);
    Scratch memory = Scratch.open();
    FloatBuffer in = x.floats();
    int numel = n * c;
    float[] block = memory.take(size);
    ColumnSums sums = new ColumnSums(c, size, memory);
    for (int at = 0; at < numel; at += size) {
      int length = Math.min(size, numel - at);
      in.get(at, block, 0, length);
      sums.add(block, length);
    }
    double[] mean = sums.get(memory);
    float[] high = new float[c];
    float[] low = new float[c];
    for (int k = 0; k < c; k++) {
      mean[k] /= n;
      high[k] = (float) mean[k];
      low[k] = (float) (mean[k] - high[k]);
    }
    float[] highs = tiled(high, size, memory);
    float[] lows = tiled(low, size, memory);
    ColumnSums squares = new ColumnSums(c, size, memory);
    for (int at = 0; at < numel; at += size) {
      int length = Math.min(size, numel - at);
      in.get(at, block, 0, length);
      centre(block, highs, lows, length);
      squares.addProducts(block, block, length);
    }
    double[] variance = squares.get(memory);
    double[] inverse = new double[c];
    float[] scale = new float[c];
    float[] w = weight == null ? null : Host.floats(weight);
    for (int k = 0; k < c; k++) {
      variance[k] /= n;
      inverse[k] = 1 / Math.sqrt(variance[k] + eps);
      scale[k] = (float) ((w == null ? 1 : w[k]) * inverse[k]);
    }
    scale = tiled(scale, size, memory);
    float[] shift = tiled(bias == null ? new float[c] : Host.floats(bias), size, memory);
    Array y = Array.empty(DType.FLOAT, n, c);
    FloatBuffer out = y.floats();
    for (int at = 0; at < numel; at += size) {
      int length = Math.min(size, numel - at);
      in.get(at, block, 0, length);
      centre(block, highs, lows, length);
      affine(block, scale, shift, length);
      out.put(at, block, 0, length);
    }
    Exact exact = new Exact(high, low, inverse);
    return new NormKernels.Normalized(
        y, new NormKernels.Stats(Channels.vector(y, mean), Channels.vector(y, variance), exact));
  }

  private static void centre(float[] x, float[] high, float[] low, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = (x[i] - high[i]) - low[i];
    }
  }

  private static void affine(float[] x, float[] scale, float[] shift, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] * scale[i] + shift[i];
    }
  }

  /** As {@link Nd4jNorm#batchNormGrad}. */
  static Grads backward(Array dy, Array x, Array weight, NormKernels.Stats stats, GradMask mask) {
    int n = (int) x.size(0);
    int c = (int) x.size(1);
    int size = block(n, c);
    Scratch memory = Scratch.open();
    Exact exact = (Exact) stats.workspace();
    int numel = n * c;
    FloatBuffer in = x.floats();
    float[] high = tiled(exact.high, size, memory);
    float[] low = tiled(exact.low, size, memory);
    FloatBuffer g = dy.floats();
    float[] ofV = memory.take(size);
    float[] ofG = memory.take(size);
    ColumnSums sums = new ColumnSums(c, size, memory);
    ColumnSums dots = new ColumnSums(c, size, memory);
    for (int at = 0; at < numel; at += size) {
      int length = Math.min(size, numel - at);
      in.get(at, ofV, 0, length);
      centre(ofV, high, low, length);
      g.get(at, ofG, 0, length);
      sums.add(ofG, length);
      dots.addProducts(ofG, ofV, length);
    }
    double[] db = sums.get(memory);
    double[] dw = dots.get(memory);
    float[] w = weight == null ? null : Host.floats(weight);
    float[] byG = new float[c];
    float[] byV = new float[c];
    float[] offset = new float[c];
    for (int k = 0; k < c; k++) {
      double inverse = exact.inverse[k];
      double factor = inverse * (w == null ? 1 : w[k]);
      dw[k] *= inverse;
      byG[k] = (float) factor;
      byV[k] = (float) (factor * inverse * dw[k] / n);
      offset[k] = (float) (factor * db[k] / n);
    }
    Array dx = null;
    if (mask.x()) {
      byG = tiled(byG, size, memory);
      byV = tiled(byV, size, memory);
      offset = tiled(offset, size, memory);
      dx = Array.empty(DType.FLOAT, n, c);
      FloatBuffer out = dx.floats();
      for (int at = 0; at < numel; at += size) {
        int length = Math.min(size, numel - at);
        in.get(at, ofV, 0, length);
        centre(ofV, high, low, length);
        g.get(at, ofG, 0, length);
        combine(ofG, ofV, byG, byV, offset, length);
        out.put(at, ofG, 0, length);
      }
    }
    return new Grads(
        dx,
        mask.weight() ? Channels.vector(x, dw) : null,
        mask.bias() ? Channels.vector(x, db) : null);
  }

  private static void combine(
      float[] g, float[] v, float[] byG, float[] byV, float[] offset, int n) {
    for (int i = 0; i < n; i++) {
      g[i] = (g[i] * byG[i] - v[i] * byV[i]) - offset[i];
    }
  }
}
