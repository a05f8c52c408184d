package org.onecycle.backend;

import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;

/**
 * Log-softmax along the last axis of small FLOAT arrays, in Java and in double precision: a batch's
 * worth of classes is less work than one native call, and the portable kernels take six.
 */
final class SmallSoftmax {
  private static final long LARGEST = 1 << 12;

  private SmallSoftmax() {}

  static boolean fits(Array x, int axis) {
    return x.dtype() == DType.FLOAT
        && axis == x.rank() - 1
        && x.numel() > 0
        && x.numel() <= LARGEST
        && x.isHost();
  }

  static Array logSoftmax(Array x) {
    int c = (int) x.size(-1);
    float[] v = Host.floats(x);
    for (int row = 0; row < v.length; row += c) {
      float max = v[row];
      for (int k = 1; k < c; k++) {
        max = Math.max(max, v[row + k]);
      }
      double sum = 0;
      for (int k = 0; k < c; k++) {
        sum += Math.exp(v[row + k] - (double) max);
      }
      double log = Math.log(sum);
      for (int k = 0; k < c; k++) {
        v[row + k] = (float) (v[row + k] - (double) max - log);
      }
    }
    return array(v, x);
  }

  static Array logSoftmaxGrad(Array dy, Array y) {
    int c = (int) y.size(-1);
    float[] v = Host.floats(y);
    float[] g = Host.floats(dy);
    for (int row = 0; row < v.length; row += c) {
      double sum = 0;
      for (int k = 0; k < c; k++) {
        sum += g[row + k];
      }
      for (int k = 0; k < c; k++) {
        g[row + k] = (float) (g[row + k] - Math.exp(v[row + k]) * sum);
      }
    }
    return array(g, y);
  }

  private static Array array(float[] values, Array like) {
    Array out = Array.empty(DType.FLOAT, like.shape());
    Host.put(values, out);
    return out;
  }
}
