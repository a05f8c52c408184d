package org.onecycle.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.RowSource;
import org.onecycle.data.Sampler;
import org.onecycle.data.Split;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.learner.Phase;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Module;
import org.onecycle.nn.ReLU;
import org.onecycle.nn.Sequential;
import org.onecycle.optim.Optimizers;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Tensor;

class ActivationStatsTest {
  /** Rows of 1 and -1, in batches of two, through y = (x, 2x) and a sum; nothing is learnt. */
  private static Learner learner(int batches) {
    int n = 2 * batches;
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = i % 2 == 0 ? 1 : -1;
    }
    HostArray in = HostArray.of(x, n, 1);
    HostArray out = HostArray.of(x.clone(), n, 1);
    LoaderOptions options = LoaderOptions.defaults().withWorkers(0);
    Sampler sampler = Sampler.of(n, 2, false, false);
    Sequential model = new Sequential(new Linear(1, 2), new ReLU(), new Linear(2, 1));
    model.loadStateDict(
        Map.of(
            "0.weight", Tensor.of(new float[] {1, 2}, 2, 1),
            "0.bias", Tensor.of(new float[] {0, 0}, 2),
            "2.weight", Tensor.of(new float[] {1, 1}, 1, 2),
            "2.bias", Tensor.of(new float[] {0}, 1)));
    return Learner.of(
            DataLoaders.of(
                new DataLoader(RowSource.of(Split.TRAIN, sampler, 1, in, out), options),
                new DataLoader(RowSource.of(Split.VALID, sampler, 1, in, out), options)),
            model)
        .lossFunc(new MSELossFlat())
        .optFunc(Optimizers.sgd())
        .progress(ProgressOutput.none())
        .build();
  }

  @Test
  @DisplayName("HOK-08 of every fourth batch, the first among them; layers with parameters alone")
  void every() {
    for (int n : new int[] {11, 12, 13}) {
      ActivationStats stats = new ActivationStats(4, true);
      Learner learn = learner(n).addCbs(stats);
      learn.fit(1, 0);
      assertEquals((n + 3) / 4, stats.stats().size());
      assertEquals(2, stats.stats().get(0).size());
      for (ActivationStats.Layer first : stats.ofLayer(0)) {
        // 1, 2, -1, -2
        assertEquals(0, first.mean(), 1e-6);
        assertEquals(Math.sqrt(10 / 3.0), first.std(), 1e-6);
        assertEquals(.5, first.nearZero(), 1e-6);
        assertEquals(40, first.hist().size());
        assertEquals(1, first.hist().get(4));
        assertEquals(1, first.hist().get(8));
        assertEquals(2, first.hist().stream().mapToLong(v -> v).sum());
      }
      assertEquals(1.5, stats.ofLayer(-1).get(0).mean(), 1e-6);
      assertTrue(learn.model().namedModules().values().stream().noneMatch(Module::hasHooks));
      learn.fit(2, 0);
      assertEquals((2 * n + 3) / 4, stats.stats().size(), "the count goes on over epochs");
      assertThrows(IllegalArgumentException.class, () -> stats.ofLayer(2));
    }
  }

  @Test
  @DisplayName("a batch that is cancelled before the model runs leaves no record and no hook")
  void cancelled() {
    ActivationStats stats = new ActivationStats();
    Callback cancels =
        new Callback() {
          @Override
          public void beforeBatch(Learner learn) {
            if (learn.state().training() && learn.state().iter() == 1) {
              throw Phase.BATCH.cancel();
            }
          }
        };
    Learner learn = learner(3).addCbs(stats, cancels);
    learn.fit(1, 0);
    assertEquals(2, stats.stats().size());
    assertEquals(List.of(), stats.ofLayer(0).get(0).hist());
    assertTrue(learn.model().namedModules().values().stream().noneMatch(Module::hasHooks));
  }
}
