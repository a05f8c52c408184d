package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.Scope;
import org.onecycle.data.Categorize;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.HostArray;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.RowSource;
import org.onecycle.data.Sampler;
import org.onecycle.data.Split;
import org.onecycle.data.Splits;
import org.onecycle.data.Transform;
import org.onecycle.loss.BCEWithLogitsLossFlat;
import org.onecycle.loss.Loss;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.Linear;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Tensor;

class PredictionsTest {
  private static final int N = 37;

  private static DataLoader loader(Split split, boolean shuffle, boolean dropLast) {
    HostArray[] rows = Line.rows(N, 5);
    return new DataLoader(
        RowSource.of(split, Sampler.of(N, 8, shuffle, dropLast), 1, rows[0], rows[1]),
        LoaderOptions.defaults().withWorkers(0));
  }

  private static Learner learner(Loss loss) {
    return Learner.of(
            DataLoaders.of(loader(Split.TRAIN, true, true), loader(Split.VALID, false, false)),
            new Line(2, 3))
        .lossFunc(loss)
        .progress(ProgressOutput.none())
        .build();
  }

  private static float[] expected() {
    float[] x = Line.rows(N, 5)[0].floats();
    float[] y = new float[N];
    for (int i = 0; i < N; i++) {
      y[i] = 2 * x[i] + 3;
    }
    return y;
  }

  @Test
  @DisplayName("LRN-15 LRN-16 every item, in the order of the data set, from any loader")
  void order() {
    Learner learn = learner(new MSELossFlat());
    learn.fit(1, 1e-12);
    for (Predictions p : List.of(learn.getPreds(), learn.getPreds(Split.TRAIN))) {
      assertArrayEquals(new long[] {N, 1}, p.preds().shape());
      assertArrayEquals(expected(), p.preds().toFloats(), 1e-5f);
      assertArrayEquals(Line.rows(N, 5)[1].floats(), p.targets().get(0).toFloats());
      assertTrue(p.inputs().isEmpty());
      assertNull(p.losses());
    }
  }

  @Test
  @DisplayName("LRN-15 a sampler's own order is undone")
  void sorted() {
    Sampler backwards =
        new Sampler() {
          @Override
          public int size() {
            return N;
          }

          @Override
          public List<int[]> batches(org.onecycle.tensor.Rng rng) {
            return IntStream.range(0, N).mapToObj(i -> new int[] {N - 1 - i}).toList();
          }
        };
    HostArray[] rows = Line.rows(N, 5);
    DataLoader loader =
        new DataLoader(
            RowSource.of(Split.VALID, backwards, 1, rows[0], rows[1]), LoaderOptions.defaults());
    Predictions p =
        learner(new MSELossFlat()).getPreds(loader, PredsOptions.DEFAULT.inputs().losses());
    assertArrayEquals(expected(), p.preds().toFloats(), 1e-5f);
    assertArrayEquals(rows[0].floats(), p.inputs().get(0).toFloats());
  }

  @Test
  @DisplayName("LRN-15 LRN-18 the loss's activation or another one, and the loss of each item")
  void activations() {
    Learner learn = learner(new BCEWithLogitsLossFlat());
    double[] logits =
        learn
            .getPreds(loader(Split.VALID, false, false), PredsOptions.DEFAULT.activation(t -> t))
            .preds()
            .toDoubles();
    double[] p = learn.getPreds().preds().toDoubles();
    for (int i = 0; i < N; i++) {
      assertEquals(1 / (1 + Math.exp(-logits[i])), p[i], 1e-6);
    }
    Learner mse = learner(new MSELossFlat());
    Predictions all = mse.getPreds(mse.dls().valid(), PredsOptions.DEFAULT.losses());
    assertArrayEquals(new long[] {N}, all.losses().shape());
    double[] y = all.targets().get(0).toDoubles();
    double[] f = all.preds().toDoubles();
    double sum = 0;
    for (int i = 0; i < N; i++) {
      assertEquals((f[i] - y[i]) * (f[i] - y[i]), all.losses().toDoubles()[i], 1e-5);
      sum += all.losses().toDoubles()[i];
    }
    assertEquals(mse.validate().loss(), sum / N, 1e-6);
  }

  @Test
  @DisplayName("LRN-15 predictions as the loss decodes them, if asked for")
  void decoded() {
    Learner learn = Learner.of(parity(), new Linear(2, 2)).progress(ProgressOutput.none()).build();
    learn.fitOneCycle(10, 0.1);
    Predictions p = learn.getPreds(learn.dls().valid(), PredsOptions.DEFAULT.decoded());
    assertArrayEquals(p.preds().argmax(1).toLongs(), p.decoded().toLongs());
    assertArrayEquals(p.targets().get(0).toLongs(), p.decoded().toLongs());
    assertNull(learn.getPreds().decoded());
  }

  @Test
  @DisplayName("LRN-15 items without targets")
  void noTargets() {
    DataLoader inputsOnly =
        new DataLoader(
            RowSource.of(Split.VALID, 8, 1, Line.rows(N, 5)[0]), LoaderOptions.defaults());
    Predictions p = learner(new MSELossFlat()).getPreds(inputsOnly, PredsOptions.DEFAULT.losses());
    assertArrayEquals(expected(), p.preds().toFloats(), 1e-5f);
    assertTrue(p.targets().isEmpty());
    assertNull(p.losses());
  }

  @Test
  void theyOutliveAnyScopeInside() {
    Predictions p = learner(new MSELossFlat()).getPreds();
    try (Scope s = Scope.open()) {
      Tensor.zeros(100);
    }
    assertFalse(p.preds().value().isReleased());
    assertEquals(expected()[0], p.preds().toFloats()[0], 1e-5f);
  }

  /** Numbers from 0 to 9 as one feature, odd or even as label. */
  private static DataLoaders parity() {
    List<Integer> items = IntStream.range(0, 20).boxed().toList();
    List<Column<Integer>> columns = new ArrayList<>();
    columns.add(
        Column.of(
            Transform.of(
                Integer.class,
                HostArray.class,
                i -> HostArray.of(new float[] {i % 2, 1 - i % 2}, 2))));
    columns.add(
        Column.of(
            Transform.of(Integer.class, String.class, i -> i % 2 == 0 ? "even" : "odd"),
            new Categorize()));
    Splits splits = new Splits(IntStream.range(0, 16).toArray(), new int[] {16, 17, 18, 19});
    return DataLoaders.builder(Datasets.of(items, splits, columns)).bs(4).workers(0).build();
  }

  @Test
  @DisplayName("LRN-17 a prediction is the label, its number and the probabilities")
  void predict() {
    Learner learn = Learner.of(parity(), new Linear(2, 2)).progress(ProgressOutput.none()).build();
    learn.fitOneCycle(10, 0.1);
    for (boolean fresh : new boolean[] {false, true}) {
      Learner reader = learn;
      if (fresh) {
        reader = Learner.of(parity(), learn.model()).progress(ProgressOutput.none()).build();
      }
      Prediction odd = reader.predict(7);
      assertEquals("odd", odd.decoded());
      assertEquals(1, odd.target().item());
      assertArrayEquals(new long[] {2}, odd.activated().shape());
      double[] p = odd.activated().toDoubles();
      assertTrue(p[1] > 0.5);
      assertEquals(1, p[0] + p[1], 1e-6);
      assertEquals("even", reader.predict(8).decoded());
    }
  }

  @Test
  @DisplayName("a prediction leaves the records of the last fit and validation")
  void records() {
    Learner learn = Learner.of(parity(), new Linear(2, 2)).progress(ProgressOutput.none()).build();
    learn.fitOneCycle(2, 0.1);
    Recorder recorder = learn.recorder();
    Scores validation = recorder.validation();
    assertTrue(Double.isFinite(validation.loss()));
    List<EpochRecord> history = recorder.history();
    learn.predict(7);
    assertEquals(validation, recorder.validation());
    assertEquals(history, recorder.history());
  }

  @Test
  @DisplayName("LRN-17 the loss decodes, then the transforms of the target")
  void decodes() {
    Loss loss =
        new Loss() {
          @Override
          public Tensor forward(Tensor pred, Tensor target, Reduction reduction) {
            return new MSELossFlat().forward(pred, target, reduction);
          }

          @Override
          public Tensor activation(Tensor pred) {
            return pred.add(1);
          }

          @Override
          public Tensor decodes(Tensor activated) {
            return activated.mul(2);
          }
        };
    Transform<Float, HostArray> minusOne =
        Transform.of(
            Float.class,
            HostArray.class,
            f -> HostArray.of(new float[] {f + 1}, 1),
            a -> a.floats()[0] - 1);
    List<Column<Float>> columns =
        List.of(
            Column.of(
                Transform.of(Float.class, HostArray.class, f -> HostArray.of(new float[] {f}, 1))),
            Column.of(minusOne));
    DataLoaders dls =
        DataLoaders.builder(
                Datasets.of(
                    List.of(1f, 2f, 3f, 4f),
                    new Splits(new int[] {0, 1}, new int[] {2, 3}),
                    columns))
            .bs(2)
            .workers(0)
            .build();
    Learner learn =
        Learner.of(dls, new Line(1, 0)).lossFunc(loss).progress(ProgressOutput.none()).build();
    Prediction p = learn.predict(2f);
    assertEquals(3, p.activated().item(), 1e-6);
    assertEquals(6, p.target().item(), 1e-6);
    assertEquals(5f, p.decoded());
  }
}
