package org.onecycle.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.RowSource;
import org.onecycle.data.Split;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Parameter;
import org.onecycle.show.ProgressOutput;

class GradientClipTest {
  private static final LoaderOptions OPTIONS = LoaderOptions.defaults().withWorkers(0);

  private static DataLoader loader(Split split) {
    HostArray x = HostArray.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 4, 2);
    HostArray y = HostArray.of(new float[] {90, -50, 70, 10}, 4, 1);
    return new DataLoader(RowSource.of(split, 4, 1, x, y), OPTIONS);
  }

  private static List<Double> norms(Callback... clip) {
    List<Double> norms = new ArrayList<>();
    Callback watch =
        new Callback() {
          @Override
          public void afterStep(Learner learn) {
            double sum = 0;
            for (Parameter p : learn.model().parameters()) {
              for (double g : p.grad().toDoubles()) {
                sum += g * g;
              }
            }
            norms.add(Math.sqrt(sum));
          }
        };
    org.onecycle.nn.Init.seed(1);
    Learner.of(DataLoaders.of(loader(Split.TRAIN), loader(Split.VALID)), new Linear(2, 1))
        .lossFunc(new MSELossFlat())
        .cbs(clip)
        .progress(ProgressOutput.none())
        .build()
        .addCbs(watch)
        .fit(1, 1e-9);
    return norms;
  }

  @Test
  void theCommonNormIsCutToTheLimit() {
    double free = norms().get(0);
    assertTrue(free > 10, "" + free);
    GradientClip clip = new GradientClip(2);
    assertEquals(2, norms(clip).get(0), 1e-4);
    assertEquals(free, clip.norm(), 1e-3);
    assertEquals(free, norms(new GradientClip(1e6)).get(0), 1e-9);
  }

  @Test
  void theLimitIsPositive() {
    assertThrows(IllegalArgumentException.class, () -> new GradientClip(0));
  }
}
