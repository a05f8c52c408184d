package org.onecycle.nn;

import org.onecycle.array.Scope;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/**
 * Divides a weight by its largest singular value, {@code u . W v}, which one step of the power
 * iteration a training call follows. Miyato et al. 2018, arXiv 1802.05957.
 */
final class Spectral {
  private static final double EPS = 1e-12;

  private final Parameter weight;
  private final Buffer left;
  private final Buffer right;

  Spectral(Parameter weight, Buffer left, Buffer right) {
    this.weight = weight;
    this.left = left;
    this.right = right;
  }

  /** Returns a first direction of this length. */
  static Tensor start(long n) {
    return unit(Init.normal(0, 1).draw(Init.rng(), n));
  }

  private static Tensor unit(Tensor x) {
    double length = Math.sqrt(x.square().sum().item());
    return x.div(Math.max(length, EPS));
  }

  Tensor weight(boolean training) {
    Tensor w = weight.tensor();
    Tensor matrix = w.reshape(w.size(0), -1);
    if (training) {
      try (Scope s = Scope.open();
          NoGrad off = NoGrad.on()) {
        Tensor m = matrix.detach();
        Tensor v = unit(left.tensor().matmul(m));
        right.assign(v);
        left.assign(unit(m.matmul(v)));
      }
    }
    // Copies, because the next call moves the directions before this one's gradients are taken.
    Tensor u = left.tensor().copy();
    Tensor v = right.tensor().copy();
    return w.div(matrix.matmul(v).mul(u).sum());
  }
}
