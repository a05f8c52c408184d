package org.onecycle.tensor;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.backend.Backends;
import org.onecycle.backend.Unary;

/** Small layers, most of them compositions. */
final class LayerOps {
  private static final int PIECE = 1 << 16;

  private LayerOps() {}

  static Tensor linear(Tensor x, Tensor w, Tensor b) {
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
    return MatmulOps.linear(x, w, b);
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
    return p == 0 ? x : x.mul(Tensor.of(mask(x.dtype(), p, rng, x.shape())));
  }

  /**
   * Returns zeros with probability p, elsewhere {@code 1 / (1 - p)}. Pieces of fixed length have
   * generators of their own, so that the mask does not depend on the number of processors.
   */
  private static Array mask(DType type, double p, Rng rng, long[] shape) {
    Array mask = Array.empty(type, shape);
    long n = mask.numel();
    int pieces = Math.toIntExact((n + PIECE - 1) / PIECE);
    long[] seeds = new long[pieces];
    Arrays.setAll(seeds, i -> rng.nextLong());
    long threshold = Math.round(p * (1L << 32));
    float kept = (float) (1 / (1 - p));
    IntStream.range(0, pieces)
        .parallel()
        .forEach(
            i -> {
              Rng own = new Rng(seeds[i]);
              float[] m = new float[(int) Math.min(PIECE, n - (long) i * PIECE)];
              long bits = 0;
              for (int j = 0; j < m.length; j++) {
                bits = j % 2 == 0 ? own.nextLong() : bits >>> 32;
                m[j] = (bits & 0xFFFFFFFFL) < threshold ? 0 : kept;
              }
              Host.put(m, mask.view((long) i * PIECE, m.length));
            });
    return mask;
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
