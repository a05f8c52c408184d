package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.MemoryUse;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.RowSource;
import org.onecycle.data.Sampler;
import org.onecycle.data.Split;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.metric.Metrics;
import org.onecycle.nn.AdaptiveAvgPool2d;
import org.onecycle.nn.BatchNorm2d;
import org.onecycle.nn.Conv2d;
import org.onecycle.nn.Flatten;
import org.onecycle.nn.Linear;
import org.onecycle.nn.ReLU;
import org.onecycle.nn.Sequential;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;

class LearnerMemoryTest {
  private static final int BS = 4;
  private static final int BATCHES = 30;
  private static final int SIZE = 12;

  /** Pictures whose left or right half is lighter. */
  private static DataLoader loader(Split split, int n, long seed) {
    Rng rng = new Rng(seed);
    float[] x = new float[n * SIZE * SIZE];
    long[] y = new long[n];
    for (int i = 0; i < n; i++) {
      y[i] = rng.nextInt(2);
      for (int p = 0; p < SIZE * SIZE; p++) {
        boolean light = (p % SIZE < SIZE / 2) == (y[i] == 0);
        x[i * SIZE * SIZE + p] = (float) (rng.nextGaussian() + (light ? 1 : 0));
      }
    }
    return new DataLoader(
        RowSource.of(
            split,
            Sampler.of(n, BS, split == Split.TRAIN, true),
            1,
            HostArray.of(x, n, 1, SIZE, SIZE),
            HostArray.of(y, n)),
        LoaderOptions.defaults().withWorkers(2));
  }

  @Test
  @DisplayName("300 training steps leave native memory flat after the tenth")
  void flat() {
    Sequential model =
        new Sequential(
            new Conv2d(1, 8, 3),
            new BatchNorm2d(8),
            new ReLU(),
            new Conv2d(8, 8, 3),
            new BatchNorm2d(8),
            new ReLU(),
            new AdaptiveAvgPool2d(2),
            new Flatten(),
            new Linear(32, 2));
    List<Long> used = new ArrayList<>();
    Callback watch =
        new Callback() {
          @Override
          public boolean runValid() {
            return false;
          }

          @Override
          public void afterBatch(Learner learn) {
            used.add(MemoryUse.now().used());
          }
        };
    Learner learn =
        Learner.of(
                DataLoaders.of(
                    loader(Split.TRAIN, BATCHES * BS, 1), loader(Split.VALID, 5 * BS, 2)),
                model)
            .lossFunc(new CrossEntropyLossFlat())
            .metrics(Metrics.accuracy())
            .progress(ProgressOutput.none())
            .cbs(watch)
            .build();
    List<EpochRecord> history = learn.fitOneCycle(10, 1e-2);
    assertEquals(300, used.size());
    for (int i = 10; i < used.size(); i++) {
      // What other tests in this process left behind may go meanwhile, but nothing may come.
      assertTrue(used.get(i) <= used.get(9), "step " + i + ": " + used.get(i) + " after " + used);
    }
    assertTrue(history.get(9).metric("accuracy") > 0.9, "" + history.get(9));
  }
}
