package org.onecycle.tensor;

import java.util.Arrays;
import org.onecycle.array.Array;
import org.onecycle.backend.Backends;
import org.onecycle.backend.ElementwiseKernels;
import org.onecycle.backend.Unary;

/** Small layers, most of them compositions. */
final class LayerOps {
  private LayerOps() {}

  static Tensor linear(Tensor x, Tensor w, Tensor b) {
    checkLinear(x, w, b);
    return MatmulOps.linear(x, w, b, false);
  }

  static Tensor linearRelu(Tensor x, Tensor w, Tensor b) {
    checkLinear(x, w, b);
    return MatmulOps.linear(x, w, b, true);
  }

  private static void checkLinear(Tensor x, Tensor w, Tensor b) {
    if (w.rank() != 2 || x.rank() < 1 || x.size(-1) != w.size(1)) {
      throw new IllegalArgumentException(
          "linear with weight "
              + Arrays.toString(w.shape())
              + " expects [.., "
              + (w.rank() == 2 ? w.size(1) : "in")
              + "], got "
              + Arrays.toString(x.shape()));
    }
    if (b != null && !b.value().hasShape(w.size(0))) {
      throw new IllegalArgumentException(
          "linear expects a bias [" + w.size(0) + "], got " + Arrays.toString(b.shape()));
    }
  }

  static Tensor embedding(Tensor weight, Tensor indices, long paddingIndex) {
    if (weight.rank() != 2 || indices.dtype().isFloating()) {
      throw new IllegalArgumentException(
          "embedding expects a weight [rows, size] and integer indices, got "
              + Arrays.toString(weight.shape())
              + " and "
              + indices.dtype());
    }
    long rows = weight.size(0);
    long size = weight.size(1);
    if (paddingIndex >= rows) {
      throw new IllegalArgumentException(
          "embedding expects a padding index below " + rows + ", got " + paddingIndex);
    }
    Array at = indices.value();
    return Tape.record(
        "embedding",
        Backends.current().gather().take(weight.value(), 0, at),
        dy -> {
          Array dw = Backends.current().gather().takeGrad(dy, weight.shape(), 0, at);
          if (paddingIndex >= 0) {
            Backends.current().elementwise().fill(dw.view(paddingIndex * size, size), 0);
          }
          return new Array[] {dw};
        },
        weight);
  }

  static Tensor dropout(Tensor x, double p, Rng rng) {
    if (!(p >= 0 && p <= 1) || !x.dtype().isFloating()) {
      throw new IllegalArgumentException(
          "dropout expects a probability from 0 to 1 and floating values, got " + p + " and " + x);
    }
    if (p == 0) {
      return x;
    }
    // Pieces of fixed length have seeds of their own, so that what is dropped does not depend on
    // the number of processors.
    long[] seeds =
        new long
            [Math.toIntExact(
                (x.numel() + ElementwiseKernels.PIECE - 1) / ElementwiseKernels.PIECE)];
    Arrays.setAll(seeds, i -> rng.nextLong());
    ElementwiseKernels each = Backends.current().elementwise();
    return Tape.record(
        "dropout",
        each.dropout(x.value(), p, seeds),
        dy -> new Array[] {each.dropout(dy, p, seeds)},
        x);
  }

  /** {@code x Phi(x)}, exact. */
  static Tensor gelu(Tensor x) {
    return x.mul(x.mul(Math.sqrt(0.5)).apply(Unary.ERF).add(1)).mul(0.5);
  }

  static Tensor mish(Tensor x) {
    return x.mul(x.apply(Unary.SOFTPLUS).tanh());
  }

  static Tensor leakyRelu(Tensor x, double slope) {
    return x.relu().sub(x.neg().relu().mul(slope));
  }
}
