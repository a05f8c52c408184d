package org.onecycle.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.Scope;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class HookTest {
  @Test
  @DisplayName("HOK-09 the gradient of an output: of the mean of squares it is 2 y / n")
  void gradient() {
    Linear linear = new Linear(5, 10);
    Tensor x = Tensor.randn(new Rng(1), 64, 5);
    Hook gradient = Hook.gradient(linear);
    Hook output = Hook.output(linear);
    assertNull(gradient.stored());
    float[] expected;
    try (Scope step = Scope.open()) {
      Tensor y = linear.call(x);
      expected = y.mul(2.0 / y.numel()).toFloats();
      assertNull(gradient.stored(), "the gradient comes with the backward pass");
      y.square().mean().backwardReleasing();
    }
    assertArrayEquals(new long[] {64, 10}, gradient.stored().shape());
    assertArrayEquals(expected, gradient.stored().toFloats(), 1e-7f);
    assertFalse(output.stored().needsGrad());
    assertArrayEquals(
        expected, output.stored().mul(2.0 / output.stored().numel()).toFloats(), 1e-7f);
    Tensor kept = output.stored();
    try (NoGrad off = NoGrad.on()) {
      linear.call(x.mul(2));
    }
    assertThrows(IllegalStateException.class, kept::toFloats, "the next one has replaced it");
    output.close();
    gradient.close();
    Tensor last = output.stored();
    linear.call(x);
    assertSame(last, output.stored());
    assertFalse(linear.hasHooks());
  }

  @Test
  @DisplayName("a gradient that comes by two ways is shown once, whole")
  void twoWays() {
    ReLU relu = new ReLU();
    try (Hook hook = Hook.gradient(relu)) {
      Tensor x = Tensor.of(new float[] {1, 2, -3}, 3).requiresGrad(true);
      Tensor y = relu.call(x);
      y.mul(3).sum().add(y.square().sum()).backward();
      assertArrayEquals(new float[] {5, 7, 3}, hook.stored().toFloats());
      assertArrayEquals(new float[] {5, 7, 0}, x.grad().toFloats());
      String leaf = assertThrows(IllegalStateException.class, () -> x.onGrad(g -> {})).getMessage();
      assertEquals("onGrad expects a result on the way to a loss, got a leaf", leaf);
    }
  }
}
