package org.onecycle.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class MetricsTest {
  private static BatchResult batch(Tensor pred, Tensor target) {
    return new BatchResult(pred, List.of(target), 0, (int) pred.size(0));
  }

  private static double of(Metric metric, Tensor pred, Tensor target) {
    metric.reset();
    metric.accumulate(batch(pred, target));
    return metric.value();
  }

  private static Tensor ints(long... values) {
    return Tensor.of(values, values.length);
  }

  @Test
  @DisplayName("LRN-09 a mean over batches of any sizes is the mean over the whole set")
  void weighted() {
    Tensor pred = Tensor.randn(new Rng(1), 100, 1);
    Tensor target = Tensor.randn(new Rng(2), 100, 1);
    double whole = of(Metrics.mae(), pred, target);
    for (int[] sizes : List.of(new int[] {25, 25, 25, 25}, new int[] {30, 20, 10, 40})) {
      Metric m = Metrics.mae();
      int at = 0;
      for (int n : sizes) {
        m.accumulate(batch(pred.slice(0, at, at + n), target.slice(0, at, at + n)));
        at += n;
      }
      assertEquals(whole, m.value(), 1e-9);
    }
  }

  @Test
  @DisplayName("LRN-10 LRN-11 the smoothed loss")
  void smooth() {
    AvgSmoothLoss loss = new AvgSmoothLoss();
    double[] expected = {1, 1.50505051, 2.01346756, 2.52525046, 2.62407508};
    double[] losses = {1, 2, 3, 4, 3};
    for (int i = 0; i < losses.length; i++) {
      loss.accumulate(losses[i]);
      assertEquals(expected[i], loss.value(), 1e-8);
    }
    loss.reset();
    assertTrue(Double.isNaN(loss.value()));
  }

  @Test
  void accuracyAndErrorRate() {
    Tensor pred = Tensor.of(new float[] {.1f, .9f, .8f, .2f, .3f, .7f, .6f, .4f}, 4, 2);
    assertEquals(.75, of(Metrics.accuracy(), pred, ints(1, 0, 0, 0)));
    assertEquals(.25, of(Metrics.errorRate(), pred, ints(1, 0, 0, 0)));
    Tensor planes = pred.reshape(1, 4, 2).transpose(1, 2);
    assertEquals(.75, of(Metrics.accuracy(1), planes, Tensor.of(new long[] {1, 0, 0, 0}, 1, 4)));
  }

  @Test
  @DisplayName("MET-02 top-k accuracy")
  void topK() {
    Tensor pred = Tensor.randn(new Rng(3), 6, 5);
    assertEquals(1, of(Metrics.topKAccuracy(5), pred, pred.argmax(1)));
    assertEquals(1, of(Metrics.topKAccuracy(5), pred, ints(0, 1, 2, 3, 4, 0)));
    assertEquals(5 / 6.0, of(Metrics.topKAccuracy(5), pred, ints(0, 1, 2, 3, 4, 5)), 1e-12);
    Tensor ranked = Tensor.of(new float[] {5, 4, 3, 2, 1}, 1, 5);
    assertEquals(0, of(Metrics.topKAccuracy(2), ranked, ints(2)));
    assertEquals(1, of(Metrics.topKAccuracy(3), ranked, ints(2)));
  }

  @Test
  @DisplayName("MET-03 multi-label accuracy of right, flipped and partly flipped predictions")
  void multi() {
    float[] logits = new float[20];
    float[] right = new float[20];
    float[] some = new float[20];
    for (int i = 0; i < 20; i++) {
      logits[i] = i % 3 == 0 ? 3 : -3;
      right[i] = i % 3 == 0 ? 1 : 0;
      some[i] = i < 5 ? 1 - right[i] : right[i];
    }
    Tensor x = Tensor.of(logits, 4, 5);
    Tensor y = Tensor.of(right, 4, 5);
    Tensor flipped = Tensor.ones(4, 5).sub(y);
    for (Metric m : List.of(Metrics.accuracyMulti(), Metrics.accuracyMulti(.2, true))) {
      assertEquals(1, of(m, x, y));
      assertEquals(0, of(m, x, flipped));
      assertEquals(.75, of(m, x, Tensor.of(some, 4, 5)));
    }
    Metric plain = Metrics.accuracyMulti(.5, false);
    assertEquals(1, of(plain, x.sigmoid(), y));
    assertEquals(.75, of(plain, x.sigmoid(), Tensor.of(some, 4, 5)));
  }

  @Test
  @DisplayName("MET-04 multi-label accuracy at thresholds")
  void thresholds() {
    Tensor x = Tensor.of(new float[] {2, -1, .2f, -3, .4f, 1.5f}, 2, 3);
    Tensor y = Tensor.of(new float[] {1, 0, 1, 0, 1, 0}, 2, 3);
    assertEquals(.6666667, of(Metrics.accuracyMulti(.2, true), x, y), 1e-7);
    assertEquals(.8333333, of(Metrics.accuracyMulti(.5, true), x, y), 1e-7);
    assertEquals(.5, of(Metrics.accuracyMulti(.9, true), x, y), 1e-7);
    assertEquals(.5, of(Metrics.accuracyMulti(.5, false), x, y), 1e-7);
  }

  @Test
  @DisplayName("MET-10 perplexity is the exponential of the mean loss, weighted by size")
  void perplexity() {
    Metric m = Metrics.perplexity();
    Tensor none = Tensor.zeros(1);
    m.accumulate(new BatchResult(none, List.of(none), 1.5, 6));
    m.accumulate(new BatchResult(none, List.of(none), .5, 9));
    m.accumulate(new BatchResult(none, List.of(none), 2, 5));
    assertEquals(Math.exp((6 * 1.5 + 9 * .5 + 5 * 2) / 20), m.value(), 1e-12);
  }

  @Test
  @DisplayName("MET-12 errors of numbers, pooled over batches")
  void numbers() {
    Tensor p = Tensor.of(new double[] {0, 1, 2}, 3, 1);
    Tensor t = Tensor.of(new double[] {1, 1, 4}, 3, 1);
    assertEquals(1.6666667, of(Metrics.mse(), p, t), 1e-7);
    assertEquals(1.2909944, of(Metrics.rmse(), p, t), 1e-7);
    assertEquals(1, of(Metrics.mae(), p, t), 1e-12);
    assertEquals(.24713194, of(Metrics.msle(), p, t), 1e-8);
    assertEquals(.61839078, of(Metrics.expRmspe(), p, t), 1e-8);
    Metric rmse = Metrics.rmse();
    rmse.accumulate(batch(p.slice(0, 0, 1), t.slice(0, 0, 1)));
    rmse.accumulate(batch(p.slice(0, 1, 3), t.slice(0, 1, 3)));
    assertEquals(1.2909944, rmse.value(), 1e-7);
  }

  @Test
  @DisplayName("MET-15 as many predictions as targets, in any shape")
  void counts() {
    assertEquals(0, of(Metrics.mse(), Tensor.zeros(5, 4), Tensor.zeros(20)));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> of(Metrics.mse(), Tensor.zeros(5, 4), Tensor.zeros(21)))
            .getMessage();
    assertTrue(message.contains("20 of shape [5, 4] for 21 of shape [21]"), message);
  }
}
