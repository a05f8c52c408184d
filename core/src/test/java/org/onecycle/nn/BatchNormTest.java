package org.onecycle.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class BatchNormTest {
  private static void assertAll(double expected, Tensor t) {
    for (double v : t.toDoubles()) {
      assertEquals(expected, v, 1e-9);
    }
  }

  @Test
  @DisplayName("LAY-04 first values of BatchNorm and BatchZero")
  void firstValues() {
    BatchNorm1d fastai = new BatchNorm1d(10, BatchNormOptions.FASTAI);
    assertAll(1, fastai.weight().tensor());
    assertArrayEquals(new float[] {1e-3f}, fastai.bias().tensor().slice(0, 0, 1).toFloats());
    BatchNorm2d zero = new BatchNorm2d(10, BatchNormOptions.ZERO);
    assertAll(0, zero.weight().tensor());
    assertArrayEquals(new float[] {1e-3f}, zero.bias().tensor().slice(0, 9, 10).toFloats());
    assertAll(0, new BatchNorm2d(10).bias().tensor());
  }

  @Test
  @DisplayName("LAY-05 running statistics and output after one batch")
  void oneBatch() {
    // fastai's BatchNorm1dFlat joins all axes but the last before an ordinary BatchNorm1d.
    Tensor x = Tensor.randn(new Rng(1), 32 * 64, 10).mul(2).add(1);
    BatchNorm1d bn = new BatchNorm1d(10);
    Init.normal(1, 0.3).apply(bn.weight(), new Rng(2));
    Init.normal(0, 0.3).apply(bn.bias(), new Rng(3));
    Tensor y = bn.call(x);
    Tensor mean = x.mean(0);
    Tensor var = x.var(0, 0);
    assertArrayEquals(mean.mul(0.1).toFloats(), bn.runningMean().tensor().toFloats(), 1e-4f);
    assertArrayEquals(var.mul(0.1).add(0.9).toFloats(), bn.runningVar().tensor().toFloats(), 1e-3f);
    assertArrayEquals(
        x.var(1, 0).mul(0.1).add(0.9).toFloats(), bn.runningVar().tensor().toFloats(), 1e-5f);
    Tensor expected =
        x.sub(mean).div(var.add(1e-5).sqrt()).mul(bn.weight().tensor()).add(bn.bias().tensor());
    assertArrayEquals(expected.toFloats(), y.toFloats(), 1e-4f);
  }

  @Test
  void evaluationUsesTheRunningStatisticsAndLeavesThem() {
    BatchNorm2d bn = new BatchNorm2d(2);
    bn.runningMean().assign(Tensor.of(new float[] {1, 2}, 2));
    bn.runningVar().assign(Tensor.of(new float[] {4, 9}, 2));
    bn.eval();
    Tensor y = bn.call(Tensor.of(new float[] {3, 5}, 1, 2, 1, 1));
    assertArrayEquals(new float[] {1, 1}, y.toFloats(), 1e-5f);
    assertArrayEquals(new float[] {1, 2}, bn.runningMean().tensor().toFloats());
    assertEquals(0, bn.stateDict().get("num_batches_tracked").item());
  }

  @Test
  void countsBatchesAndNamesItsState() {
    BatchNorm2d bn = new BatchNorm2d(3);
    bn.call(Tensor.randn(new Rng(1), 2, 3, 4, 4));
    bn.call(Tensor.randn(new Rng(2), 2, 3, 4, 4));
    assertEquals(2, bn.stateDict().get("num_batches_tracked").item());
    assertEquals(
        "[weight, bias, running_mean, running_var, num_batches_tracked]",
        bn.stateDict().keySet().toString());
    assertEquals(0, bn.stateDict().get("num_batches_tracked").rank());
  }

  @Test
  void oneValueAChannelCannotBeNormalisedInTraining() {
    BatchNorm1d bn = new BatchNorm1d(4);
    assertThrows(LayerException.class, () -> bn.call(Tensor.zeros(1, 4)));
    assertEquals(0, bn.stateDict().get("num_batches_tracked").item());
    bn.eval().call(Tensor.zeros(1, 4));
  }
}
