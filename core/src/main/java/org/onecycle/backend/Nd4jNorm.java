package org.onecycle.backend;

import java.util.Arrays;
import org.onecycle.array.Array;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;

/**
 * {@link NormKernels} on any ND4J device.
 *
 * <p>Variances are sums of squares of centred values. Numbers of which there is one a channel are
 * handled in Java, in double precision. ND4J's own gradient is wrong for given statistics and
 * slower for the batch's, and its {@code layer_norm} knows no epsilon.
 */
final class Nd4jNorm implements NormKernels {

  @Override
  public Normalized batchNorm(Array x, Array weight, Array bias, double eps) {
    Array y = Array.empty(x.dtype(), x.shape());
    int c = Math.toIntExact(x.size(1));
    long n = x.numel() / Math.max(1, c);
    double[] mean = Channels.sums(x);
    divide(mean, n);
    // y first holds the centred values, then their squares.
    Channels.affine(x, mean, filled(c, 1), new double[c], y);
    double[] residue = Channels.sums(y);
    if (y.numel() > 0) {
      NativeOp.of("multiply").run(y, y, y);
    }
    double[] variance = Channels.sums(y);
    divide(variance, n);
    for (int i = 0; i < c; i++) {
      double r = residue[i] / n;
      variance[i] = Math.max(0, variance[i] - r * r);
      mean[i] += r;
    }
    double[] scale = scale(weight, variance, eps);
    double[] offset = bias == null ? new double[c] : Host.doubles(bias);
    Channels.affine(x, mean, scale, offset, y);
    Stats stats = new Stats(Channels.vector(x, mean), Channels.vector(x, variance), null);
    return new Normalized(y, stats);
  }

  /**
   * With {@code a = weight / sqrt(variance + eps)} and means over the channel, {@code dx = a (dy -
   * mean(dy) - xhat mean(dy xhat))}: an affine map of x, plus one of dy.
   */
  @Override
  public Grads batchNormGrad(
      Array dy, Array x, Array weight, Stats stats, double eps, GradMask mask) {
    int c = Math.toIntExact(x.size(1));
    double n = (double) x.numel() / c;
    double[] mean = Host.doubles(stats.mean());
    double[] variance = Host.doubles(stats.variance());
    double[] inverse = scale(null, variance, eps);
    double[] sum = mask.x() || mask.bias() ? Channels.sums(dy) : null;
    double[] dot = mask.x() || mask.weight() ? dots(dy, x, mean) : null;
    Array dx = null;
    if (mask.x()) {
      dx = Array.empty(x.dtype(), x.shape());
      double[] a = scale(weight, variance, eps);
      double[] ofX = new double[c];
      double[] offset = new double[c];
      for (int i = 0; i < c; i++) {
        ofX[i] = -a[i] * inverse[i] * inverse[i] * dot[i] / n;
        offset[i] = -a[i] * sum[i] / n;
      }
      try (Scope s = Scope.open()) {
        Channels.affine(x, mean, ofX, offset, dx);
        Array scaled = Array.empty(dy.dtype(), dy.shape());
        Channels.affine(dy, new double[c], a, new double[c], scaled);
        NativeOp.of("add").run(dx, dx, scaled);
      }
    }
    return new Grads(dx, weightGrad(mask, dy, dot, inverse), biasGrad(mask, dy, sum));
  }

  @Override
  public Array batchNormFixed(
      Array x, Array weight, Array bias, Array mean, Array variance, double eps) {
    double[] scale = scale(weight, Host.doubles(variance), eps);
    double[] offset = bias == null ? new double[scale.length] : Host.doubles(bias);
    Array y = Array.empty(x.dtype(), x.shape());
    return Channels.affine(x, Host.doubles(mean), scale, offset, y);
  }

  @Override
  public Grads batchNormFixedGrad(
      Array dy, Array x, Array weight, Array mean, Array variance, double eps, GradMask mask) {
    double[] v = Host.doubles(variance);
    double[] none = new double[v.length];
    Array dx = null;
    if (mask.x()) {
      dx = Array.empty(dy.dtype(), dy.shape());
      Channels.affine(dy, none, scale(weight, v, eps), none, dx);
    }
    double[] sum = mask.bias() ? Channels.sums(dy) : null;
    double[] dot = mask.weight() ? dots(dy, x, Host.doubles(mean)) : null;
    Array dw = weightGrad(mask, dy, dot, scale(null, v, eps));
    return new Grads(dx, dw, biasGrad(mask, dy, sum));
  }

  @Override
  public Normalized layerNorm(Array x, Array weight, Array bias, double eps) {
    // A row is a channel of the one item [1, rows, size].
    Normalized n = batchNorm(x.reshape(1, x.size(0), x.size(1)), null, null, eps);
    Array y = n.y().reshape(x.shape());
    if (weight != null) {
      NativeOp.of("multiply").run(y, y, weight);
    }
    if (bias != null) {
      NativeOp.of("add").run(y, y, bias);
    }
    return new Normalized(y, n.stats());
  }

  @Override
  public Grads layerNormGrad(
      Array dy, Array x, Array weight, Stats stats, double eps, GradMask mask) {
    long rows = x.size(0);
    long size = x.size(1);
    Array dx = null;
    Array dw = mask.weight() ? Array.empty(dy.dtype(), size) : null;
    Array db = mask.bias() ? Array.empty(dy.dtype(), size) : null;
    try (Scope s = Scope.open()) {
      if (mask.x()) {
        Array inner = dy;
        if (weight != null) {
          inner = NativeOp.of("multiply").run(Array.empty(dy.dtype(), dy.shape()), dy, weight);
        }
        GradMask only = new GradMask(true, false, false);
        Array x3 = x.reshape(1, rows, size);
        dx = batchNormGrad(inner.reshape(1, rows, size), x3, null, stats, eps, only).x();
        s.keep(dx);
        dx = dx.reshape(x.shape());
      }
      if (mask.weight()) {
        double[] inverse = scale(null, Host.doubles(stats.variance()), eps);
        Array xhat = Array.empty(x.dtype(), x.shape());
        double[] mean = Host.doubles(stats.mean());
        double[] none = new double[mean.length];
        Array x3 = x.reshape(1, rows, size);
        Channels.affine(x3, mean, inverse, none, xhat.reshape(1, rows, size));
        NativeOp.of("multiply").run(xhat, xhat, dy);
        NativeOp.of("reduce_sum", 0).booleans(false).run(dw, xhat);
      }
      if (mask.bias()) {
        NativeOp.of("reduce_sum", 0).booleans(false).run(db, dy);
      }
    }
    return new Grads(dx, dw, db);
  }

  /** Returns the sums of {@code dy (x - mean)} by channel. */
  private static double[] dots(Array dy, Array x, double[] mean) {
    int c = mean.length;
    try (Scope s = Scope.open()) {
      Array product = Array.empty(x.dtype(), x.shape());
      Channels.affine(x, mean, filled(c, 1), new double[c], product);
      if (product.numel() > 0) {
        NativeOp.of("multiply").run(product, product, dy);
      }
      return Channels.sums(product);
    }
  }

  private static Array weightGrad(GradMask mask, Array dy, double[] dot, double[] inverse) {
    if (!mask.weight()) {
      return null;
    }
    double[] dw = dot.clone();
    for (int i = 0; i < dw.length; i++) {
      dw[i] *= inverse[i];
    }
    return Channels.vector(dy, dw);
  }

  private static Array biasGrad(GradMask mask, Array dy, double[] sum) {
    return mask.bias() ? Channels.vector(dy, sum) : null;
  }

  private static double[] scale(Array weight, double[] variance, double eps) {
    double[] w = weight == null ? filled(variance.length, 1) : Host.doubles(weight);
    for (int i = 0; i < w.length; i++) {
      w[i] /= Math.sqrt(variance[i] + eps);
    }
    return w;
  }

  private static void divide(double[] values, double by) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= by;
    }
  }

  private static double[] filled(int length, double value) {
    double[] v = new double[length];
    Arrays.fill(v, value);
    return v;
  }
}
