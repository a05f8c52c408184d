package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.testing.GradCheck.check;
import static org.onecycle.testing.GradCheck.leaf;

import org.junit.jupiter.api.Test;
import org.onecycle.array.DType;
import org.onecycle.array.MemoryUse;
import org.onecycle.array.Scope;
import org.onecycle.backend.Conv2dSpec;

class InPlaceTest {

  private static Tensor norm(Tensor x) {
    return F.batchNorm(x, null, null, null, null, true, 0.1, 1e-5);
  }

  @Test
  void gradientsGoThroughMemoryThatWasWrittenOver() {
    check(
        x -> {
          Tensor y = F.reluInPlace(norm(F.conv2d(x[0], x[1], null, 1, 1)));
          return F.reluInPlace(y.add(x[0]));
        },
        leaf(1, 2, 3, 4, 5),
        leaf(2, 3, 3, 3, 3));
  }

  @Test
  void floatsAgreeWithTheOrdinaryWay() {
    Tensor x = Tensor.randn(new Rng(1), 4, 16, 8, 8).requiresGrad(true);
    Tensor w = Tensor.randn(new Rng(2), 16, 16, 3, 3).requiresGrad(true);
    float[][] grads = new float[2][];
    for (int i = 0; i < 2; i++) {
      Tensor n = norm(F.conv2d(x, w, null, 1, 1));
      Tensor y = i == 0 ? n.relu() : F.reluInPlace(n);
      y.square().sum().backward();
      grads[i] = w.grad().toFloats();
      w.zeroGrad();
    }
    assertArrayEquals(grads[0], grads[1], 1e-3f);
  }

  @Test
  void onlyResultsThatNobodyReadsAgainAreWrittenOver() {
    Tensor x = leaf(1, 3, 4);
    Tensor sum = x.add(1);
    assertTrue(F.reluInPlace(sum).value().sharesStorage(sum.value()));
    for (Tensor kept : new Tensor[] {x, x.sigmoid(), x.exp(), x.tanh(), x.detach().add(1)}) {
      assertFalse(F.reluInPlace(kept).value().sharesStorage(kept.value()));
    }
    check(v -> F.reluInPlace(v[0].exp().sub(1).tanh()), leaf(3, 3, 4));
  }

  @Test
  void aStepReturnsWhatSharesMemoryOnce() {
    Tensor w = Tensor.randn(new Rng(2), 16, 16, 3, 3).requiresGrad(true);
    long before = 0;
    for (int i = 0; i < 20; i++) {
      try (Scope s = Scope.open()) {
        Tensor x = Tensor.full(1, DType.FLOAT, 2, 16, 8, 8);
        Tensor y = F.reluInPlace(norm(F.conv2d(x, w, null, 1, 1)).add(x));
        y.reshape(2, -1).square().mean().backwardReleasing(y);
        y.toFloats();
        w.zeroGrad();
      }
      before = i == 2 ? MemoryUse.now().used() : before;
    }
    assertTrue(MemoryUse.now().used() <= before);
  }

  /** One gradient for two readers, for one after the other and for one alone. */
  private static double[][] shared(DType type) {
    Tensor x = ConvTest.values(1, type, 2, 16, 6, 7).detach().requiresGrad(true);
    Tensor w = ConvTest.values(2, type, 16, 16, 3, 3).mul(0.2).detach().requiresGrad(true);
    Tensor b = ConvTest.values(3, type, 16).detach().requiresGrad(true);
    Conv2dSpec spec = Conv2dSpec.of(1, 1);
    Tensor first = F.conv2dRelu(x, w, b, null, spec);
    Tensor second = F.conv2dRelu(first, w, b, first, spec);
    Tensor third = F.conv2dRelu(second.relu(), w, b, x, spec);
    Tensor y = third.relu().add(second.relu()).add(F.reluInPlace(second.sub(first)));
    y.mul(ConvTest.values(4, type, y.shape())).sum().backwardReleasing();
    return new double[][] {x.grad().toDoubles(), w.grad().toDoubles(), b.grad().toDoubles()};
  }

  @Test
  void gradientsAreWrittenOverOnlyWhereNobodyElseReadsThem() {
    double[][] d = shared(DType.DOUBLE);
    double[][] f = shared(DType.FLOAT);
    for (int i = 0; i < d.length; i++) {
      double scale = 1;
      for (double v : d[i]) {
        scale = Math.max(scale, Math.abs(v));
      }
      assertArrayEquals(d[i], f[i], 1e-5 * scale, "result " + i);
    }
  }

  @Test
  void joiningGivesBackWhatNoGradientReads() {
    Tensor w = Tensor.randn(new Rng(2), 32, 8, 1, 1).requiresGrad(true);
    Tensor x = Tensor.randn(new Rng(1), 2, 8, 5, 4).requiresGrad(true);
    float[][] grads = new float[2][];
    for (int i = 0; i < 2; i++) {
      try (Scope s = Scope.open()) {
        Tensor up = F.pixelShuffle(F.conv2d(x, w, null, 1, 0).relu(), 2);
        Tensor curved = F.interpolateNearest(x, 10, 8).sigmoid();
        Tensor y = i == 0 ? Tensor.cat(1, up, curved) : F.join(1, up, curved);
        if (i == 1) {
          assertTrue(up.value().isReleased(), "shuffled pixels");
          assertFalse(curved.value().isReleased(), "a result that its gradient reads");
        }
        y.square().sum().backwardReleasing();
        grads[i] = w.grad().toFloats();
        w.zeroGrad();
        x.zeroGrad();
      }
    }
    assertArrayEquals(grads[0], grads[1], 1e-4f);
    // Leaves are their owners'.
    F.join(0, x, x);
    assertFalse(x.value().isReleased());
  }
}
