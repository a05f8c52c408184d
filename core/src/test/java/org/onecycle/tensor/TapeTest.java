package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.onecycle.array.MemoryUse;
import org.onecycle.array.Scope;

class TapeTest {
  private static Tensor leaf(float... v) {
    return Tensor.of(v, v.length).requiresGrad(true);
  }

  @Test
  void gradientsAddUpUntilForgotten() {
    Tensor w = leaf(1, 2, 3);
    w.square().sum().backward();
    w.square().sum().backward();
    assertArrayEquals(new float[] {4, 8, 12}, w.grad().toFloats());
    w.zeroGrad();
    assertNull(w.grad());
    w.sum().backward();
    assertArrayEquals(new float[] {1, 1, 1}, w.grad().toFloats());
  }

  @Test
  void leavesNeverShareTheMemoryOfAGradient() {
    Tensor a = leaf(1, 2);
    Tensor b = leaf(3, 4);
    for (int i = 1; i <= 2; i++) {
      Tensor sum = a.add(b).add(b).mul(3);
      sum.add(a.mul(2).reshape(2, 1).reshape(2)).sum().backward();
      assertArrayEquals(new float[] {5 * i, 5 * i}, a.grad().toFloats());
      assertArrayEquals(new float[] {6 * i, 6 * i}, b.grad().toFloats());
    }
    Tensor gone = a.grad();
    a.zeroGrad();
    assertThrows(IllegalStateException.class, gone::toFloats);
    assertArrayEquals(new float[] {12, 12}, b.grad().toFloats());
  }

  @Test
  void aGraphIsWalkedOnce() {
    Tensor loss = leaf(1, 2).square().sum();
    loss.backward();
    assertThrows(IllegalStateException.class, loss::backward);
  }

  @Test
  void onlyNumbersAndRecordedTensorsGoBack() {
    assertThrows(IllegalStateException.class, () -> leaf(1, 2).square().backward());
    assertThrows(IllegalStateException.class, () -> Tensor.scalar(1).backward());
  }

  @Test
  void noGradLeavesNoTrace() {
    Tensor w = leaf(1, 2);
    try (NoGrad off = NoGrad.on()) {
      assertFalse(w.square().needsGrad());
      try (NoGrad on = NoGrad.enableGrad()) {
        assertTrue(w.square().needsGrad());
      }
    }
    assertTrue(w.square().needsGrad());
    assertFalse(w.square().detach().needsGrad());
  }

  @Test
  void aDiamondGivesEachPathItsShare() {
    Tensor w = leaf(2);
    Tensor a = w.mul(3);
    Tensor b = a.add(a).mul(a);
    b.sum().backward();
    // b = 2 a^2 = 18 w^2
    assertEquals(72, w.grad().item());
  }

  @Test
  void valuesReleasedByTheWalkAreNoLongerReadable() {
    Tensor w = leaf(1, 2);
    Tensor hidden = w.mul(2);
    Tensor view = hidden.reshape(2, 1);
    Tensor kept = view.exp();
    Tensor loss = kept.sum();
    loss.backwardReleasing(kept);
    assertEquals(2 * Math.exp(2), w.grad().toFloats()[0], 1e-5);
    assertEquals(Math.exp(2), kept.toFloats()[0], 1e-5);
    assertEquals(loss.item(), Math.exp(2) + Math.exp(4), 1e-4);
    assertArrayEquals(new float[] {1, 2}, w.toFloats());
    assertThrows(IllegalStateException.class, hidden::toFloats);
    assertThrows(IllegalStateException.class, view::toFloats);
  }

  @Test
  void readingAfterTheScopeIsAClearError() {
    Tensor outlives;
    Tensor dies;
    try (Scope s = Scope.open()) {
      dies = Tensor.ones(3);
      outlives = Tensor.ones(3).keepIn(s);
    }
    assertEquals(3, outlives.sum().item());
    IllegalStateException e = assertThrows(IllegalStateException.class, dies::toFloats);
    assertTrue(e.getMessage().contains("scope"), e.getMessage());
  }

  @Test
  void scopesReturnEverything() {
    Tensor a = Tensor.ones(64, 64).requiresGrad(true);
    try (Scope warm = Scope.open()) {
      step(a);
    }
    long before = MemoryUse.now().used();
    for (int i = 0; i < 50; i++) {
      try (Scope s = Scope.open()) {
        step(a);
      }
    }
    // The collector may meanwhile have found what other tests left.
    assertTrue(MemoryUse.now().used() <= before);
  }

  private static void step(Tensor a) {
    a.matmul(a).relu().mean().backwardReleasing();
    a.zeroGrad();
  }

  @Test
  void memoryOutsideOfScopesComesBackThroughTheCollector() {
    long start = MemoryUse.now().used();
    for (int i = 0; i < 3000; i++) {
      Tensor.zeros(1 << 20);
    }
    // 12 GB have passed through; what the collector had not seen must stay bounded.
    assertTrue(MemoryUse.now().used() - start < 3L << 30);
  }
}
