package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.testing.GradCheck.check;
import static org.onecycle.testing.GradCheck.leaf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onecycle.array.DType;

class LayerOpsTest {

  @Test
  void linear() {
    check(v -> F.linear(v[0], v[1], v[2]), leaf(1, 2, 3, 4), leaf(2, 5, 4), leaf(3, 5));
    String m = message(() -> F.linear(Tensor.ones(32, 256), Tensor.ones(10, 512), null));
    assertTrue(m.contains("512") && m.contains("[32, 256]"), m);
  }

  @Test
  void reluOfALinearLayerHasTheGradientsOfItsParts() {
    check(v -> F.linearRelu(v[0], v[1], v[2]), leaf(1, 2, 3, 4), leaf(2, 5, 4), leaf(3, 5));
    check(v -> F.linearRelu(v[0], v[1], null).square(), leaf(1, 3, 4), leaf(2, 5, 4));
    String m = message(() -> F.linearRelu(Tensor.ones(32, 256), Tensor.ones(10, 512), null));
    assertTrue(m.contains("512") && m.contains("[32, 256]"), m);
  }

  /** A product in Java, one of one thread and one of all, with and without bias. */
  @ParameterizedTest
  @CsvSource({"2, 3, 4", "64, 58, 200", "130, 210, 120"})
  void aLinearLayerTakesTheReluAlong(int rows, int in, int out) {
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      for (boolean hasBias : new boolean[] {true, false}) {
        Tensor x = Tensor.randn(new Rng(1), rows, in).to(type);
        Tensor w = Tensor.randn(new Rng(2), out, in).to(type);
        Tensor b = hasBias ? Tensor.randn(new Rng(3), out).to(type) : null;
        Tensor dy = Tensor.randn(new Rng(4), rows, out).to(type);
        List<double[]> one = grads(v -> F.linearRelu(v[0], v[1], v[2]), dy, x, w, b);
        List<double[]> two = grads(v -> F.linear(v[0], v[1], v[2]).relu(), dy, x, w, b);
        assertEquals(hasBias ? 4 : 3, one.size());
        for (int i = 0; i < one.size(); i++) {
          assertArrayEquals(
              two.get(i), one.get(i), type == DType.DOUBLE ? 0 : 1e-4, type + " " + i);
        }
        double[] y = one.get(0);
        assertTrue(Arrays.stream(y).min().orElseThrow() == 0, "nothing is negative");
        assertTrue(Arrays.stream(y).max().orElseThrow() > 0, "something is positive");
      }
    }
  }

  /** The result and the gradients of those inputs that are there. */
  private static List<double[]> grads(
      java.util.function.Function<Tensor[], Tensor> f, Tensor dy, Tensor... inputs) {
    Tensor[] leaves = new Tensor[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      leaves[i] = inputs[i] == null ? null : inputs[i].detach().copy().requiresGrad(true);
    }
    Tensor y = f.apply(leaves);
    List<double[]> all = new ArrayList<>(List.of(y.toDoubles()));
    y.backward(dy);
    for (Tensor leaf : leaves) {
      if (leaf != null) {
        all.add(leaf.grad().toDoubles());
      }
    }
    return all;
  }

  @Test
  void embeddingTakesRowsAndAddsUpTheirGradients() {
    Tensor w = leaf(1, 4, 3);
    Tensor indices = Tensor.of(new long[] {1, 3, 1, 0}, 2, 2);
    Tensor y = F.embedding(w, indices, -1);
    assertArrayEquals(new long[] {2, 2, 3}, y.shape());
    assertEquals(w.toDoubles()[3 * 3 + 1], y.toDoubles()[3 + 1]);
    check(v -> F.embedding(v[0], indices, -1), w);
    assertThrows(
        IndexOutOfBoundsException.class, () -> F.embedding(w, Tensor.of(new long[] {4}, 1), -1));
  }

  @Test
  void thePaddingRowGetsNoGradient() {
    Tensor w = Tensor.ones(3, 2).requiresGrad(true);
    F.embedding(w, Tensor.of(new long[] {1, 2, 1}, 3), 1).sum().backward();
    assertArrayEquals(new float[] {0, 0, 0, 0, 1, 1}, w.grad().toFloats());
    message(() -> F.embedding(w, Tensor.of(new long[] {0}, 1), 3));
  }

  @Test
  void dropoutKeepsTheMean() {
    Tensor x = Tensor.ones(100, 100).requiresGrad(true);
    Tensor y = F.dropout(x, 0.25, new Rng(3));
    float[] v = y.toFloats();
    int zeros = 0;
    for (float f : v) {
      assertTrue(f == 0 || f == (float) (1 / 0.75), "value " + f);
      zeros += f == 0 ? 1 : 0;
    }
    assertEquals(2500, zeros, 200);
    y.sum().backward();
    assertArrayEquals(v, x.grad().toFloats());
    assertArrayEquals(v, F.dropout(x, 0.25, new Rng(3)).toFloats());
    assertNotEquals(0, F.dropout(x, 0.25, new Rng(4)).sub(y).abs().sum().item());
    assertSame(x, F.dropout(x, 0, new Rng(3)));
    assertEquals(0, F.dropout(x, 1, new Rng(3)).abs().sum().item());
    message(() -> F.dropout(x, 1.5, new Rng(3)));
    check(a -> F.dropout(a[0], 0.5, new Rng(9)), leaf(1, 4, 5));
    float[] large = F.dropout(Tensor.ones(200_001), 0.5, new Rng(3)).toFloats();
    int repeats = 0;
    double sum = 0;
    for (int i = 0; i < large.length; i++) {
      sum += large[i];
      repeats += large[i] == large[i % (1 << 16)] ? 1 : 0;
    }
    assertEquals(large.length, sum, 2000);
    // The first piece equals itself, the others only by chance.
    assertEquals((1 << 16) + (large.length - (1 << 16)) / 2, repeats, 1000);
  }

  @Test
  void activations() {
    double[] at = {-3, -0.5, 0, 0.7, 2};
    Tensor x = Tensor.of(at, 5);
    // x (1 + erf(x / sqrt(2))) / 2 with C's erf.
    double[] gelu = {
      -0.00404969409489031, -0.15426876936299344, 0, 0.5306254434438489, 1.9544997361036416
    };
    assertArrayEquals(gelu, F.gelu(x).toDoubles(), 1e-12);
    for (int i = 0; i < at.length; i++) {
      double mish = at[i] * Math.tanh(Math.log1p(Math.exp(at[i])));
      assertEquals(mish, F.mish(x).toDoubles()[i], 1e-12);
      assertEquals(at[i] > 0 ? at[i] : 0.1 * at[i], F.leakyRelu(x, 0.1).toDoubles()[i], 1e-12);
      assertEquals(Math.max(-1, Math.min(1, at[i])), F.hardtanh(x, -1, 1).toDoubles()[i], 1e-12);
      assertEquals(Math.max(0, at[i]), F.relu(x).toDoubles()[i]);
    }
    check(v -> F.gelu(v[0]), leaf(1, 3, 4));
    check(v -> F.mish(v[0]), leaf(1, 3, 4));
    check(v -> F.leakyRelu(v[0], 0.2), leaf(1, 3, 4));
    check(v -> F.hardtanh(v[0], -1, 1), leaf(1, 3, 4));
  }

  @Test
  void pixelShuffleChecksItsChannels() {
    check(v -> F.pixelShuffle(v[0], 2), leaf(1, 2, 8, 3, 2));
    String m = message(() -> F.pixelShuffle(Tensor.ones(1, 6, 2, 2), 2));
    assertTrue(m.contains("[1, 6, 2, 2]"), m);
  }

  @Test
  void floatAgreesWithDouble() {
    Tensor x = ConvTest.values(1, DType.DOUBLE, 4, 7);
    assertArrayEquals(F.gelu(x).toDoubles(), F.gelu(x.to(DType.FLOAT)).toDoubles(), 1e-6);
    assertArrayEquals(F.mish(x).toDoubles(), F.mish(x.to(DType.FLOAT)).toDoubles(), 1e-6);
  }

  private static String message(org.junit.jupiter.api.function.Executable e) {
    return assertThrows(IllegalArgumentException.class, e).getMessage();
  }
}
