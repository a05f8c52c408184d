package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
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

  /** Joined, cut and turned: results of convolutions with channels that fill blocks or do not. */
  @Test
  void joiningCuttingAndTurningSeeTheElementsOfEveryLayout() {
    for (int[] channels : new int[][] {{16, 32}, {16, 5}, {32, 3}, {3, 16}, {7, 9}}) {
      // What the pool hands out next is no clean memory: blocks must be filled up with zeros.
      for (int i = 0; i < 20; i++) {
        try (Scope s = Scope.open()) {
          Tensor.full(Double.NaN, DType.FLOAT, 2, 48, 6, 5);
          Tensor.full(Double.NaN, DType.FLOAT, 2, 32, 6, 5);
          Tensor.full(Double.NaN, DType.FLOAT, 2, 16, 6, 5);
        }
      }
      double[][] d = joined(DType.DOUBLE, channels[0], channels[1]);
      double[][] f = joined(DType.FLOAT, channels[0], channels[1]);
      for (int i = 0; i < d.length; i++) {
        assertArrayEquals(d[i], f[i], 2e-4, channels[0] + " and " + channels[1] + ", result " + i);
      }
    }
  }

  private static double[][] joined(DType type, int first, int second) {
    Tensor x = ConvTest.values(1, type, 2, 4, 6, 5).detach().requiresGrad(true);
    Tensor w1 = leaf(2, type, first, 4, 3, 3);
    Tensor w2 = leaf(3, type, second, 4, 3, 3);
    Tensor wide = leaf(9, type, 64, 4, 1, 1);
    Tensor a = F.conv2d(x, w1, null, 1, 1);
    Tensor b = F.conv2d(x, w2, null, 1, 1);
    Tensor c = F.conv2d(x, wide, null, 1, 0);
    Tensor all = Tensor.cat(1, a, b);
    Tensor after = F.conv2d(all, leaf(10, type, 16, first + second, 3, 3), null, 1, 1);
    Tensor two = Tensor.cat(1, c.slice(1, 16, 48), c.slice(1, 3, 23));
    Tensor rows = Tensor.cat(0, all, all.flip(3)).slice(2, 1, 5);
    Tensor turned = c.permute(2, 0, 3, 1).slice(3, 5, 45);
    double[][] forward = {
      after.toDoubles(), all.toDoubles(), two.toDoubles(), rows.toDoubles(), turned.toDoubles()
    };
    all.mul(ConvTest.values(4, type, all.shape()))
        .sum()
        .add(after.mul(ConvTest.values(8, type, after.shape())).sum())
        .add(two.mul(ConvTest.values(5, type, two.shape())).sum())
        .add(rows.mul(ConvTest.values(6, type, rows.shape())).sum())
        .add(turned.mul(ConvTest.values(7, type, turned.shape())).sum())
        .backward();
    return new double[][] {
      forward[0],
      forward[1],
      forward[2],
      forward[3],
      forward[4],
      x.grad().toDoubles(),
      w1.grad().toDoubles(),
      w2.grad().toDoubles(),
      wide.grad().toDoubles()
    };
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
