package org.onecycle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class PooledMetricsTest {
  private static double over(Metric m, Tensor pred, Tensor target, int... sizes) {
    m.reset();
    int at = 0;
    for (int n : sizes) {
      Tensor p = pred.slice(0, at, at + n);
      m.accumulate(new BatchResult(p, List.of(target.slice(0, at, at + n)), 0, n));
      at += n;
    }
    return m.value();
  }

  private static Tensor logits(int classes, int... best) {
    float[] x = new float[best.length * classes];
    for (int i = 0; i < best.length; i++) {
      x[i * classes + best[i]] = 1;
    }
    return Tensor.of(x, best.length, classes);
  }

  private static Tensor ids(long... values) {
    return Tensor.of(values, values.length);
  }

  @Test
  @DisplayName("MET-05 MET-06 MET-08 overlap of regions counts pixels, not batches")
  void overlap() {
    Tensor pred = logits(2, 0, 1, 1, 0, 0, 1);
    Tensor target = ids(0, 1, 0, 1, 0, 1);
    for (int[] sizes : new int[][] {{6}, {1, 5}, {4, 2}}) {
      assertEquals(2.0 / 3, over(Metrics.dice(), pred, target, sizes), 1e-12);
      assertEquals(.5, over(Metrics.jaccardCoeff(), pred, target, sizes), 1e-12);
    }
    Tensor zeros = logits(3, new int[20]);
    long[] mixed = new long[20];
    Arrays.fill(mixed, 10, 15, 1);
    Arrays.fill(mixed, 15, 20, 2);
    long[] ones = new long[20];
    Arrays.fill(ones, 1);
    assertEquals(1, over(Metrics.jaccardCoeffMulti(), zeros, ids(new long[20]), 20));
    assertEquals(0, over(Metrics.jaccardCoeffMulti(), zeros, ids(ones), 20));
    assertEquals(.1666667, over(Metrics.jaccardCoeffMulti(), zeros, ids(mixed), 7, 13), 1e-7);
    Tensor right = logits(3, 1, 2, 1, 1);
    assertEquals(1, over(Metrics.foregroundAcc(0), right, ids(1, 0, 1, 1), 4));
  }

  @Test
  @DisplayName("MET-14 precision, recall and F1 over batches of 6, 9 and 5 are those of all 20")
  void scores() {
    Rng rng = new Rng(4);
    int[] guess = new int[20];
    long[] truth = new long[20];
    long hits = 0;
    long predicted = 0;
    long actual = 0;
    for (int i = 0; i < 20; i++) {
      guess[i] = rng.nextInt(2);
      truth[i] = rng.nextInt(2);
      hits += guess[i] == 1 && truth[i] == 1 ? 1 : 0;
      predicted += guess[i];
      actual += truth[i];
    }
    Tensor p = logits(2, guess);
    Tensor t = ids(truth);
    double precision = (double) hits / predicted;
    double recall = (double) hits / actual;
    assertEquals(precision, over(Metrics.precision(Average.BINARY), p, t, 6, 9, 5), 1e-12);
    assertEquals(recall, over(Metrics.recall(Average.BINARY), p, t, 6, 9, 5), 1e-12);
    double f1 = 2 * precision * recall / (precision + recall);
    assertEquals(f1, over(Metrics.f1Score(), p, t, 6, 9, 5), 1e-12);
    double f2 = 5 * precision * recall / (4 * precision + recall);
    assertEquals(f2, over(Metrics.fBeta(2, Average.BINARY), p, t, 6, 9, 5), 1e-12);
    double accuracy = over(Metrics.accuracy(), p, t, 6, 9, 5);
    assertEquals(accuracy, over(Metrics.f1Score(Average.MICRO), p, t, 6, 9, 5), 1e-12);
    assertTrue(Double.isNaN(over(Metrics.f1Score(), p, t)));
  }

  @Test
  @DisplayName("averages over classes; a class that never occurs does not count")
  void averages() {
    // Class 0: 2 of 3 right, predicted 2. Class 1: 1 of 1, predicted 2. Class 2: nowhere.
    Tensor p = logits(3, 0, 0, 1, 1);
    Tensor t = ids(0, 0, 0, 1);
    assertEquals((1 + .5) / 2, over(Metrics.precision(Average.MACRO), p, t, 4), 1e-12);
    assertEquals((2.0 / 3 + 1) / 2, over(Metrics.recall(Average.MACRO), p, t, 4), 1e-12);
    assertEquals((3 * 1 + .5) / 4, over(Metrics.precision(Average.WEIGHTED), p, t, 4), 1e-12);
    Metric binary = Metrics.f1Score();
    assertThrows(IllegalArgumentException.class, () -> over(binary, p, t, 4));
    assertThrows(
        IllegalArgumentException.class, () -> over(Metrics.f1Score(), p, ids(0, 0, 0, 3), 4));
  }

  @Test
  @DisplayName(
      "MET-14 a label counts from the threshold on, where accuracyMulti wants more than it")
  void threshold() {
    Tensor p = Tensor.of(new float[] {.5f, 0, .25f, .75f}, 2, 2);
    Tensor t = Tensor.of(new float[] {1, 0, 0, 1}, 2, 2);
    assertEquals(1, over(Metrics.f1ScoreMulti(.5, false, Average.MACRO), p, t, 1, 1), 1e-12);
    assertEquals(.75, over(Metrics.accuracyMulti(.5, false), p, t, 1, 1), 1e-12);
  }

  @Test
  @DisplayName("MET-12 the coefficient of determination, of all batches at once")
  void r2() {
    Tensor p = Tensor.of(new double[] {0, 1, 2}, 3, 1);
    Tensor t = Tensor.of(new double[] {1, 1, 4}, 3, 1);
    assertEquals(.1666667, over(Metrics.r2Score(), p, t, 3), 1e-7);
    assertEquals(.1666667, over(Metrics.r2Score(), p, t, 1, 2), 1e-7);
    assertThrows(
        IllegalArgumentException.class,
        () -> over(Metrics.r2Score(), Tensor.zeros(2, 3), Tensor.zeros(2, 1), 2));
  }

  @Test
  @DisplayName("MET-11 the area under the ROC curve: a half for constant scores, else ranks")
  void auc() {
    Tensor constant = Tensor.ones(6, 2);
    assertEquals(.5, over(Metrics.rocAucBinary(), constant, ids(0, 1, 1, 0, 1, 0), 6), 1e-12);
    Tensor x = Tensor.randn(new Rng(9), 20, 2);
    long[] y = new long[20];
    for (int i = 0; i < 20; i++) {
      y[i] = i * i % 3 == 0 ? 1 : 0;
    }
    double[] score = F.softmax(x, -1).select(1, 1).toDoubles();
    double good = 0;
    double pairs = 0;
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 20; j++) {
        if (y[i] == 1 && y[j] == 0) {
          pairs++;
          good += score[i] > score[j] ? 1 : score[i] == score[j] ? .5 : 0;
        }
      }
    }
    assertEquals(good / pairs, over(Metrics.rocAucBinary(), x, ids(y), 6, 9, 5), 1e-12);
    assertEquals(good / pairs, over(Metrics.rocAuc(), x, ids(y), 6, 9, 5), 1e-6);
    assertTrue(Double.isNaN(over(Metrics.rocAucBinary(), x, ids(new long[20]), 20)));
  }

  @Test
  @DisplayName("MET-16 confusion: rows are the truth; the wrong pairs, most frequent first")
  void confusion() {
    List<String> labels = List.of("cat", "dog", "cow");
    Confusion c = Confusion.of(ids(0, 1, 1, 1, 2, 0, 1), ids(0, 0, 0, 1, 1, 2, 0), labels);
    assertArrayEquals(new long[][] {{1, 3, 0}, {0, 1, 1}, {1, 0, 0}}, c.matrix());
    assertEquals(List.of(new Confusion.Pair("cat", "dog", 3)), c.mostConfused(2));
    assertEquals(3, c.mostConfused(1).size());
    assertEquals(2.0 / 7, c.accuracy(), 1e-12);
    assertArrayEquals(new double[] {.25, .75, 0}, c.normalized()[0], 1e-12);
    assertEquals(4, c.toString().lines().count());
    assertThrows(IllegalArgumentException.class, () -> Confusion.of(ids(3), ids(0), labels));
    assertThrows(IllegalArgumentException.class, () -> Confusion.of(ids(1, 2), ids(0), labels));
  }
}
