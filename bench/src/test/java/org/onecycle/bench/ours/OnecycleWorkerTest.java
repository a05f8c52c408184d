package org.onecycle.bench.ours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.bench.work.InputFolder;
import org.onecycle.bench.work.Work;

class OnecycleWorkerTest {
  private static final int STEPS = 12;

  @TempDir private Path folder;

  private static List<Double> losses(Work work) {
    List<Double> losses = new ArrayList<>();
    work.run(
        loss -> {
          losses.add(loss);
          return losses.size() < STEPS;
        });
    assertEquals(STEPS, losses.size());
    return losses;
  }

  private static void learns(Work work) {
    List<Double> losses = losses(work);
    assertTrue(losses.get(STEPS - 1) < losses.get(0), losses::toString);
  }

  private static long[] words(int n, int bound) {
    long[] out = new long[n];
    Arrays.setAll(out, i -> 2 + (i * 7) % (bound - 2));
    return out;
  }

  private InputFolder language(double... dropouts) {
    return InputFolder.create(folder)
        .size("seed", 42)
        .size("vocab", 50)
        .size("emb", 8)
        .size("hidden", 12)
        .size("layers", 3)
        .size("pad", 1)
        .fractions("dropouts", dropouts)
        .fractions("regularization", 2, 1);
  }

  @Test
  void theTabularRowLearnsAndCountsItsOperations() {
    InputFolder in =
        InputFolder.create(folder)
            .size("seed", 42)
            .size("classes", 2)
            .sizes("cardinalities", 3, 4)
            .sizes("emb", 2, 3)
            .sizes("hidden", 20, 10)
            .longs("cats", new long[] {0, 1, 2, 3, 1, 0, 2, 2}, 4, 2)
            .floats("conts", new float[] {1, 2, 3, 4}, 4, 1)
            .longs("y", new long[] {0, 1, 0, 1}, 4);
    Work work = OnecycleWorker.make("tabular_train", in);
    assertEquals(4, work.items());
    assertEquals(4 * 3 * 2.0 * (6 * 20 + 20 * 10 + 10 * 2), work.flops());
    learns(work);
  }

  @Test
  void bothLanguageModelsLearn() {
    InputFolder in =
        language(0, 0, 0, 0, 0).longs("x", words(12, 50), 2, 6).longs("y", words(12, 49), 2, 6);
    Work plain = OnecycleWorker.make("lstm_lm_train", in);
    Work awd = OnecycleWorker.make("awd_lm_train", in);
    double lstm = 8 * (8 * 12 + 12 * 12) + 8 * (12 * 12 + 12 * 12) + 8 * (12 * 8 + 8 * 8);
    assertEquals(12, plain.items());
    assertEquals(12 * 3 * (lstm + 2 * 8 * 50), plain.flops());
    assertEquals(plain.flops(), awd.flops());
    learns(plain);
    learns(awd);
  }

  @Test
  void theClassifierOfTextsTrains() {
    long[] x = words(3 * 8, 50);
    Arrays.fill(x, 2 * 8, 2 * 8 + 4, 1);
    InputFolder in =
        language(.1, .1, .1, .1, .1)
            .size("classes", 2)
            .size("bptt", 4)
            .longs("x", x, 3, 8)
            .longs("y", new long[] {0, 1, 0}, 3);
    Work work = OnecycleWorker.make("text_classifier_train", in);
    assertEquals(3, work.items());
    assertTrue(losses(work).stream().allMatch(Double::isFinite));
  }

  @Test
  void aFrozenNetworkNeedsNoGradientsOfItsWeights() {
    InputFolder in =
        InputFolder.create(folder)
            .size("seed", 42)
            .size("classes", 4)
            .floats("x", new float[2 * 3 * 32 * 32], 2, 3, 32, 32)
            .longs("y", new long[] {0, 3}, 2);
    double forward = OnecycleWorker.make("resnet34_forward", in).flops();
    double train = OnecycleWorker.make("resnet34_train", in).flops();
    double frozen = OnecycleWorker.make("resnet34_frozen", in).flops();
    double first = 2 * 2.0 * 3 * 7 * 7 * 64 * 16 * 16;
    double fc = 2 * 2.0 * 512 * 4;
    assertEquals(3 * forward - first, train, 1);
    assertEquals(2 * forward - first + fc, frozen, 1);
  }

  @Test
  void aRowThatIsNotThereIsSaid() {
    assertThrows(
        UnsupportedOperationException.class,
        () -> OnecycleWorker.make("nonsense", InputFolder.create(folder)));
  }
}
