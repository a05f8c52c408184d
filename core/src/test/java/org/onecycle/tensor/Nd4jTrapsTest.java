package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.onecycle.array.DType;
import org.onecycle.backend.Conv2dSpec;
import org.onecycle.backend.Pool2dSpec;

/** What ND4J 1.0.0-M2.1 gets wrong in its native operations, one test each. */
class Nd4jTrapsTest {

  @Test
  void maxPool2dIgnoresDilation() {
    Tensor x = ConvTest.values(1, DType.FLOAT, 1, 16, 9, 9);
    Pool2dSpec s = Pool2dSpec.of(3, 1, 0).withDilation(2);
    Naive.assertSame(Naive.pool(x, s, true), F.maxPool2d(x, s));
  }

  @Test
  void logSoftmaxUnderflowsToMinusInfinity() {
    Tensor x = Tensor.of(new float[] {0, 200}, 1, 2);
    assertArrayEquals(new float[] {-200, 0}, F.logSoftmax(x, 1).toFloats());
    assertArrayEquals(new float[] {-200, 0}, F.logSoftmax(x.reshape(2, 1), 0).toFloats());
  }

  @Test
  void crossEntropyUnderflowsPrintsAndSmoothsLabels() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Tensor x = Tensor.of(new float[] {0, 200, 1, 1}, 2, 2).requiresGrad(true);
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      Tensor loss = F.nllLoss(F.logSoftmax(x, 1), Tensor.of(new long[] {0, 1}, 2), null, -100);
      assertArrayEquals(new float[] {200, (float) Math.log(2)}, loss.toFloats(), 3e-6f);
      loss.sum().backward();
    } finally {
      System.setOut(before);
    }
    assertEquals("", printed.toString(StandardCharsets.UTF_8));
    assertArrayEquals(new float[] {-1, 1, 0.5f, -0.5f}, x.grad().toFloats(), 2e-6f);
  }

  @Test
  void dropoutBpIsZeroWhereTheInputIsZero() {
    Tensor x = Tensor.zeros(20).requiresGrad(true);
    F.dropout(x, 0.5, new Rng(1)).sum().backward();
    float[] g = x.grad().toFloats();
    double sum = 0;
    for (float v : g) {
      sum += v;
    }
    assertEquals(F.dropout(Tensor.ones(20), 0.5, new Rng(1)).sum().item(), sum);
  }

  @Test
  void layerNormHasNoEpsilon() {
    Tensor x = Tensor.of(new float[] {5, 5, 5, 5, 1, 1, 1, 1 + 1e-6f}, 2, 4).requiresGrad(true);
    Tensor y = F.layerNorm(x, 1, Tensor.ones(4), Tensor.zeros(4), 1e-5);
    float[] v = y.toFloats();
    for (int i = 0; i < v.length; i++) {
      assertEquals(0, v[i], 1e-3, "element " + i);
    }
    y.mul(Tensor.arange(4).to(DType.FLOAT)).sum().backward();
    // d/dx = (w - mean(w)) / sqrt(eps) on a constant row
    assertEquals(-1.5 / Math.sqrt(1e-5), x.grad().toFloats()[0], 0.1);
  }

  @Test
  void batchNormBpIsWrongForRunningStatistics() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).requiresGrad(true);
    Tensor one = Tensor.ones(2);
    F.batchNorm(x, one, Tensor.zeros(2), Tensor.zeros(2), one, false, 0.1, 0).sum().backward();
    assertArrayEquals(new float[] {1, 1, 1, 1}, x.grad().toFloats(), 1e-6f);
  }

  @Test
  void fusedBatchNormClampsEpsilon() {
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      Tensor x = Tensor.of(new double[] {-1e-3, 1e-3}, 2, 1).to(type);
      double[] y = F.batchNorm(x, null, null, null, null, true, 0.1, 1e-12).toDoubles();
      assertArrayEquals(new double[] {-1, 1}, y, 1e-5);
    }
  }

  @Test
  void depthToSpaceOrdersChannelsAsTensorFlow() {
    float[] v = new float[8];
    for (int i = 0; i < v.length; i++) {
      v[i] = i;
    }
    // Two channels of 2 x 2 from eight of 1 x 1: PyTorch keeps each channel's four together.
    Tensor y = F.pixelShuffle(Tensor.of(v, 1, 8, 1, 1), 2);
    assertArrayEquals(new long[] {1, 2, 2, 2}, y.shape());
    assertArrayEquals(v, y.toFloats());
  }

  @Test
  void depthwiseHelperLooksAtTheWrongAxis() {
    Conv2dSpec s = Conv2dSpec.of(1, 1).withGroups(4);
    for (int multiplier = 1; multiplier <= 2; multiplier++) {
      for (int kw = 1; kw <= 3; kw += 2) {
        Tensor x = ConvTest.values(1, DType.FLOAT, 2, 4, 6, 6);
        Tensor w = ConvTest.values(2, DType.FLOAT, 4 * multiplier, 1, 3, kw);
        Naive.assertSame(Naive.conv2d(x, w, null, s), F.conv2d(x, w, null, s));
      }
    }
  }

  @Test
  void dilatedConvolutionFailsInTheHelper() {
    Conv2dSpec s = Conv2dSpec.of(1, 2).withDilation(2);
    Tensor x = ConvTest.values(1, DType.FLOAT, 2, 16, 9, 9);
    Tensor w = ConvTest.values(2, DType.FLOAT, 16, 16, 3, 3);
    Naive.assertSame(Naive.conv2d(x, w, null, s), F.conv2d(x, w, null, s));
  }
}
