package org.onecycle.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.tensor.Tensor;

class OverlapTest {
  private static BatchResult batch(int classes, long[] best, long[] truth) {
    float[] scores = new float[classes * best.length];
    for (int i = 0; i < best.length; i++) {
      scores[(int) best[i] * best.length + i] = 1;
    }
    Tensor pred = Tensor.of(scores, 1, classes, 1, best.length);
    return new BatchResult(pred, List.of(Tensor.of(truth, 1, 1, truth.length)), 0, 1);
  }

  private static double of(Metric m, BatchResult... batches) {
    m.reset();
    for (BatchResult b : batches) {
      m.accumulate(b);
    }
    return m.value();
  }

  @Test
  @DisplayName("MET-05 the background does not count")
  void foreground() {
    assertEquals(
        1, of(Metrics.foregroundAcc(0), batch(3, new long[] {1, 2, 2}, new long[] {0, 2, 2})));
    assertEquals(
        .25,
        of(
            Metrics.foregroundAcc(2),
            batch(3, new long[] {1, 0, 2}, new long[] {0, 0, 2}),
            batch(3, new long[] {1, 0, 2}, new long[] {0, 1, 2})));
  }

  @Test
  @DisplayName("MET-06 Dice and Jaccard over the whole epoch")
  void overlap() {
    BatchResult a = batch(2, new long[] {0, 1, 1}, new long[] {0, 1, 0});
    BatchResult b = batch(2, new long[] {0, 0, 1}, new long[] {1, 0, 1});
    assertEquals(2 / 3.0, of(Metrics.dice(), a, b), 1e-12);
    assertEquals(.5, of(Metrics.jaccardCoeff(), a, b), 1e-12);
    assertEquals((2 / 3.0 + 2 / 3.0) / 2, of(Metrics.diceMulti(), a, b), 1e-12);
    // Class 0: both 2, predicted 3, true 3.
    assertEquals((2 / 4.0 + .5) / 2, of(Metrics.jaccardCoeffMulti(), a, b), 1e-12);
  }

  @Test
  @DisplayName("classes that never occur do not count; a target outside is an error")
  void absent() {
    BatchResult some = batch(5, new long[] {0, 4}, new long[] {0, 0});
    assertEquals((2.0 / 3 + 0) / 2, of(Metrics.diceMulti(), some), 1e-12);
    assertThrows(
        IllegalArgumentException.class,
        () -> of(Metrics.dice(), batch(2, new long[] {0}, new long[] {2})));
  }
}
