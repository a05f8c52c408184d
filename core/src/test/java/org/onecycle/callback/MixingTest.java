package org.onecycle.callback;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.RowSource;
import org.onecycle.data.Split;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.loss.Loss;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.Flatten;
import org.onecycle.nn.Init;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Sequential;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class MixingTest {
  private static final int N = 8;
  private static final int SIDE = 6;

  /** Picture i is i everywhere, its class i % 2 or its number 10 i. */
  private static Learner learner(boolean classes, Callback... cbs) {
    float[] x = new float[N * SIDE * SIDE];
    float[] number = new float[N];
    long[] label = new long[N];
    for (int i = 0; i < N; i++) {
      Arrays.fill(x, i * SIDE * SIDE, (i + 1) * SIDE * SIDE, i);
      number[i] = 10 * i;
      label[i] = i % 2;
    }
    HostArray in = HostArray.of(x, N, 1, SIDE, SIDE);
    HostArray out = classes ? HostArray.of(label, N) : HostArray.of(number, N, 1);
    LoaderOptions options = LoaderOptions.defaults().withWorkers(0);
    DataLoader train = new DataLoader(RowSource.of(Split.VALID, N, 1, in, out), options);
    DataLoader valid = new DataLoader(RowSource.of(Split.VALID, N, 1, in, out), options);
    Loss loss = classes ? new CrossEntropyLossFlat() : new MSELossFlat();
    Sequential model =
        Init.with(
            new Rng(1),
            () -> new Sequential(new Flatten(), new Linear(SIDE * SIDE, classes ? 2 : 1)));
    return Learner.of(DataLoaders.of(train, valid), model)
        .lossFunc(loss)
        .cbs(cbs)
        .progress(ProgressOutput.none())
        .build();
  }

  /** Keeps what the model sees, in training and in validation. */
  private static final class Seen extends Callback {
    private final List<float[]> x = new ArrayList<>();
    private final List<double[]> y = new ArrayList<>();
    private double[] pred;
    private double[] target;
    private double loss;
    private double differentiated;
    private boolean first = true;

    @Override
    public int order() {
      return 1;
    }

    @Override
    public void beforeBatch(Learner learn) {
      x.add(learn.state().batch().input(0).toFloats());
      y.add(learn.state().batch().target(0).toDoubles());
    }

    @Override
    public void afterLoss(Learner learn) {
      if (first) {
        pred = learn.state().pred().toDoubles();
        target = learn.state().batch().target(0).toDoubles();
        loss = learn.state().loss();
        differentiated = learn.state().lossGrad().item();
        first = false;
      }
    }
  }

  @Test
  @DisplayName("VIS-23 the box of CutMix: W 10, H 8, lam .36 round (2, 7) leaves .7")
  void box() {
    CutMix.Box box = CutMix.Box.of(10, 8, .36, 2, 7);
    assertEquals(new CutMix.Box(0, 4, 6, 8), box);
    assertEquals(.7, box.rest(10, 8), 1e-12);
    assertEquals(1, CutMix.Box.of(10, 8, 1, 5, 5).rest(10, 8));
  }

  @Test
  @DisplayName("VIS-23 MixUp lays items over others, each mostly itself; numbers mix alike")
  void mixUpNumbers() {
    Seen seen = new Seen();
    Learner learn = learner(false, new MixUp(new Rng(3)), seen);
    learn.fit(2, 1e-9);
    List<Double> shares = new ArrayList<>();
    for (int b : new int[] {0, 2}) {
      float[] x = seen.x.get(b);
      for (int i = 0; i < N; i++) {
        float v = x[i * SIDE * SIDE];
        for (int k = 0; k < SIDE * SIDE; k++) {
          assertEquals(v, x[i * SIDE * SIDE + k], 1e-5);
        }
        assertEquals(10 * v, seen.y.get(b)[i], 1e-3);
        assertTrue(Math.abs(v - i) <= (N - 1) / 2.0, "at least half of item " + i + " in " + v);
        shares.add((double) v - i);
      }
    }
    assertTrue(shares.stream().filter(s -> s != 0).distinct().count() > 6, "got " + shares);
    assertNotEquals(Arrays.toString(seen.x.get(0)), Arrays.toString(seen.x.get(2)));
    // Validation sees the items as they are.
    assertEquals(3, seen.x.get(1)[3 * SIDE * SIDE]);
  }

  @Test
  @DisplayName("VIS-23 the losses of both classes count by their shares")
  void classes() {
    for (Callback mix : List.of(new MixUp(.9, new Rng(5)), new CutMix(new Rng(5)))) {
      Seen seen = new Seen();
      learner(true, mix, seen).fit(1, 1e-9);
      assertArrayEquals(new double[] {0, 1, 0, 1, 0, 1, 0, 1}, seen.target);
      // What is mixed shows in the pictures, whose mean is share i + (1 - share) j.
      int[] order = new Rng(5).permutation(N);
      double expected = 0;
      for (int i = 0; i < N; i++) {
        double mean = 0;
        for (int k = 0; k < SIDE * SIDE; k++) {
          mean += seen.x.get(0)[i * SIDE * SIDE + k] / (SIDE * SIDE);
        }
        int j = order[i];
        double share = i == j ? 1 : (mean - j) / (i - j);
        assertTrue(share > -1e-6 && share < 1 + 1e-6, "item " + i + " with " + j + ": " + mean);
        expected += (share * ce(seen.pred, i, i % 2) + (1 - share) * ce(seen.pred, i, j % 2)) / N;
      }
      assertEquals(expected, seen.loss, 1e-4);
      assertEquals(seen.loss, seen.differentiated, 1e-6);
    }
  }

  private static double ce(double[] logits, int row, int label) {
    double a = logits[2 * row + label];
    double b = logits[2 * row + 1 - label];
    return Math.log1p(Math.exp(b - a));
  }

  @Test
  @DisplayName("one seed, one history, whether a rate was searched before or not")
  void seeds() {
    List<String> histories = new ArrayList<>();
    for (long seed : new long[] {1, 1, 1, 2}) {
      Learner learn = learner(true, new MixUp(new Rng(seed)));
      if (histories.size() == 1) {
        learn.lrFind();
      }
      learn.fit(3, 1e-2);
      histories.add(learn.recorder().batches().toString());
    }
    assertEquals(histories.get(0), histories.get(1));
    assertEquals(histories.get(0), histories.get(2));
    assertNotEquals(histories.get(0), histories.get(3));
  }

  @Test
  @DisplayName("shares have the mean and variance of the beta distribution")
  void beta() {
    for (double alpha : new double[] {.1, .4, 1, 3}) {
      Rng rng = new Rng(7);
      double sum = 0;
      double squares = 0;
      int n = 20_000;
      for (int i = 0; i < n; i++) {
        double v = Gamma.beta(alpha, rng);
        assertTrue(v >= 0 && v <= 1);
        sum += v;
        squares += (v - .5) * (v - .5);
      }
      assertEquals(.5, sum / n, .01);
      assertEquals(1 / (4 * (2 * alpha + 1)), squares / n, .005);
    }
    assertTrue(Double.isFinite(Gamma.beta(1e-5, new Rng(1))));
  }

  @Test
  @DisplayName("what cannot be mixed is an error")
  void errors() {
    assertThrows(IllegalArgumentException.class, () -> new MixUp(0, new Rng(1)));
    CutMix cut = new CutMix(new Rng(1));
    Tensor row = Tensor.zeros(2, 3);
    assertThrows(IllegalArgumentException.class, () -> cut.mix(row, row));
  }
}
