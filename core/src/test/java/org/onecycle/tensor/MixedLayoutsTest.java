package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.onecycle.array.DType;
import org.onecycle.backend.Conv2dSpec;
import org.onecycle.backend.Pool2dSpec;

/** Results of one operation in a backend's own layout are what every other operation expects. */
class MixedLayoutsTest {

  @Test
  void everyFamilyTakesWhatTheOthersGive() {
    double[][] d = run(DType.DOUBLE);
    double[][] f = run(DType.FLOAT);
    for (int i = 0; i < d.length; i++) {
      assertArrayEquals(d[i], f[i], 2e-4, "result " + i);
    }
  }

  private static double[][] run(DType type) {
    Tensor x = ConvTest.values(1, type, 2, 3, 12, 10);
    Tensor w1 = leaf(2, type, 16, 3, 3, 3);
    Tensor w2 = leaf(3, type, 16, 16, 3, 3);
    Tensor w3 = leaf(4, type, 16, 8, 2, 2);
    Tensor g = leaf(5, type, 16);
    Tensor b = leaf(6, type, 16);
    Tensor y = F.conv2d(x, w1, b, 1, 1);
    y = F.batchNorm(y, g, b, null, null, true, 0.1, 1e-2).relu();
    y = F.conv2d(F.dropout(y, 0.2, new Rng(1)), w2, null, 2, 1);
    Tensor shortcut = F.avgPool2d(F.interpolateNearest(y, 12, 10), 2, 2, 0);
    y = F.maxPool2d(y.add(shortcut), Pool2dSpec.of(2, 2, 0).withCeilMode(true));
    y = F.layerNorm(F.interpolateBilinear(y, 7, 5, false), 1, null, null, 1e-2);
    y = F.convTranspose2d(y, w3, null, Conv2dSpec.of(2, 0), 1, 0);
    y = F.softmax(y, 1).add(F.adaptiveMaxPool2d(y, 1, 1)).mul(F.adaptiveAvgPool2d(y, 1, 1));
    y = F.logSoftmax(F.pixelShuffle(y, 2).flatten(1), 1);
    Tensor loss = y.mul(ConvTest.values(7, type, y.shape())).mean();
    loss.backward();
    return new double[][] {
      y.toDoubles(),
      w1.grad().toDoubles(),
      w2.grad().toDoubles(),
      w3.grad().toDoubles(),
      g.grad().toDoubles(),
      b.grad().toDoubles()
    };
  }

  private static Tensor leaf(long seed, DType type, long... shape) {
    return ConvTest.values(seed, type, shape).mul(0.5).detach().requiresGrad(true);
  }
}
