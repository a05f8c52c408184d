package org.onecycle.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class TimeDistributedTest {
  @Test
  @DisplayName("LAY-14 a convolution of each step; with little memory the same")
  void conv() {
    Conv2d conv = new Conv2d(3, 4, 1);
    Tensor x = Tensor.randn(new Rng(1), 2, 5, 3, 2, 2);
    Tensor y = new TimeDistributed(conv).call(x);
    assertArrayEquals(new long[] {2, 5, 4, 2, 2}, y.shape());
    Tensor frugal = new TimeDistributed(conv, true).call(x);
    assertArrayEquals(y.toFloats(), frugal.toFloats(), 1e-6f);
    for (int t = 0; t < 5; t++) {
      assertArrayEquals(
          conv.call(x.select(1, t)).toFloats(), y.select(1, t).toFloats(), 1e-6f, "step " + t);
    }
    y.square().sum().backward();
    float[] together = conv.weight().grad().toFloats();
    conv.weight().tensor().zeroGrad();
    frugal.square().sum().backward();
    assertArrayEquals(together, conv.weight().grad().toFloats(), 1e-3f);
    assertEquals("module.weight", new TimeDistributed(conv).stateDict().keySet().iterator().next());
  }

  @Test
  @DisplayName("several inputs of the same steps; others are refused")
  void inputs() {
    Module sum =
        new Module() {
          @Override
          public Tensor forward(Tensor... x) {
            return x[0].add(x[1]);
          }
        };
    Tensor a = Tensor.randn(new Rng(1), 2, 3, 4);
    assertArrayEquals(a.mul(2).toFloats(), new TimeDistributed(sum).call(a, a).toFloats(), 1e-6f);
    Tensor b = Tensor.randn(new Rng(1), 2, 2, 4);
    String message =
        assertThrows(LayerException.class, () -> new TimeDistributed(sum, true).call(a, b))
            .getMessage();
    assertTrue(message.contains("of the same N and T, got [[2, 3, 4], [2, 2, 4]]"), message);
  }
}
