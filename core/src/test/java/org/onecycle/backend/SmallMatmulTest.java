package org.onecycle.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class SmallMatmulTest {
  private static final int M = 5;
  private static final int K = 7;
  private static final int N = 3;

  private static Array draw(int seed, long rows, long columns) {
    return Tensor.randn(new Rng(seed), rows, columns).value();
  }

  @Test
  @DisplayName("products in all four positions, each the double sum rounded once")
  void products() {
    try (Scope s = Scope.open()) {
      for (boolean ta : new boolean[] {false, true}) {
        for (boolean tb : new boolean[] {false, true}) {
          Array a = ta ? draw(1, K, M) : draw(1, M, K);
          Array b = tb ? draw(2, N, K) : draw(2, K, N);
          float[] got = Host.floats(SmallMatmul.run(a, b, null, ta, tb, false));
          float[] x = Host.floats(a);
          float[] w = Host.floats(b);
          for (int i = 0; i < M; i++) {
            for (int j = 0; j < N; j++) {
              double sum = 0;
              for (int t = 0; t < K; t++) {
                double left = x[ta ? t * M + i : i * K + t];
                sum += left * w[tb ? j * K + t : t * N + j];
              }
              assertEquals((float) sum, got[i * N + j], "ta " + ta + ", tb " + tb);
            }
          }
        }
      }
    }
  }

  @Test
  @DisplayName("a bias is added to each row, before the sum is rounded")
  void bias() {
    try (Scope s = Scope.open()) {
      Array x = draw(3, 2, K);
      Array w = draw(4, N, K);
      Array b = Tensor.of(new float[] {1e6f, -1, 0}, N).value();
      float[] got = Host.floats(SmallMatmul.run(x, w, b, false, true, false));
      float[] plain = Host.floats(SmallMatmul.run(x, w, null, false, true, false));
      for (int i = 0; i < got.length; i++) {
        assertEquals(Host.floats(b)[i % N] + plain[i], got[i], i % N == 0 ? .07 : 1e-6);
      }
      float[] positive = Host.floats(SmallMatmul.run(x, w, b, false, true, true));
      for (int i = 0; i < got.length; i++) {
        assertEquals(Math.max(0, got[i]), positive[i]);
      }
      float[] exact = Host.floats(new Nd4jBackend().matmul().linear(x, w, b));
      assertArrayEquals(exact, got, .13f);
    }
  }

  @Test
  @DisplayName("large products, other types and more axes are for the others")
  void fits() {
    try (Scope s = Scope.open()) {
      Array a = draw(1, M, K);
      assertTrue(SmallMatmul.fits(a, draw(2, K, N), M, K, N));
      assertFalse(SmallMatmul.fits(draw(1, 64, 64), draw(1, 64, 64), 64, 64, 64));
      assertFalse(SmallMatmul.fits(Array.empty(DType.DOUBLE, M, K), draw(2, K, N), M, K, N));
      assertFalse(SmallMatmul.fits(a.reshape(1, M, K), draw(2, K, N), M, K, N));
    }
  }
}
