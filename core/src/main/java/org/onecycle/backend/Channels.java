package org.onecycle.backend;

import java.util.Arrays;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;
import org.onecycle.array.Shapes;

/**
 * Sums and affine maps of the channels of {@code [N, C, ..]}.
 *
 * <p>Sums run over the positions first, as a product with a vector of ones, which is an order of
 * magnitude faster than ND4J's reductions; what is left is small and summed up in Java, in double
 * precision.
 */
final class Channels {
  private Channels() {}

  /** Returns the sum over everything but the channels, {@code [C]}. */
  static Array sum(Array x) {
    return vector(x, sums(x));
  }

  /** Returns the sum over everything but the channels. */
  static double[] sums(Array x) {
    int n = Math.toIntExact(x.size(0));
    int c = Math.toIntExact(x.size(1));
    double[] sums = new double[c];
    if (x.numel() == 0) {
      return sums;
    }
    try (Scope s = Scope.open()) {
      double[] rows = Host.doubles(rowSums(x.reshape((long) n * c, positions(x))));
      for (int i = 0; i < rows.length; i++) {
        sums[i % c] += rows[i];
      }
    }
    return sums;
  }

  private static Array rowSums(Array rows) {
    if (rows.size(1) == 1) {
      return rows;
    }
    Array ones = Array.empty(rows.dtype(), rows.size(1), 1);
    Backends.current().elementwise().fill(ones, 1);
    Array out = Array.empty(rows.dtype(), rows.size(0), 1);
    return NativeOp.of("matmul", 0, 0, 0).run(out, rows, ones);
  }

  /** Returns the number of elements behind one channel of one item. */
  static long positions(Array x) {
    long[] shape = x.shape();
    return Shapes.numel(Arrays.copyOfRange(shape, 2, shape.length));
  }

  /** Writes {@code scale (x - shift) + offset}, each one number a channel. */
  static Array affine(Array x, double[] shift, double[] scale, double[] offset, Array out) {
    if (x.numel() == 0) {
      return out;
    }
    double[] exact = offset.clone();
    double[] ones = new double[shift.length];
    for (int i = 0; i < ones.length; i++) {
      ones[i] = 1;
      // What the shift loses when it is rounded would weigh much if x lies far from zero.
      double lost = x.dtype() == DType.DOUBLE ? 0 : (float) shift[i] - shift[i];
      exact[i] += scale[i] * lost;
    }
    try (Scope s = Scope.open()) {
      Array[] vectors = {vector(x, shift), vector(x, ones), vector(x, scale), vector(x, exact)};
      NativeOp.of("batchnorm", 1, 1, 1)
          .doubles(0)
          .run(flat(out), flat(x), vectors[0], vectors[1], vectors[2], vectors[3]);
    }
    return out;
  }

  /** Returns the numbers as an array of the other's type. */
  static Array vector(Array like, double[] values) {
    Array v = Array.empty(like.dtype(), values.length);
    Host.put(values, v);
    return v;
  }

  private static Array flat(Array x) {
    return x.reshape(x.size(0), x.size(1), 1, positions(x));
  }
}
