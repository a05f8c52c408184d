package org.onecycle.text.learner;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onecycle.array.MemoryUse;
import org.onecycle.data.HostArray;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.show.ProgressOutput;
import org.onecycle.text.models.AwdLstmConfig;
import org.onecycle.text.models.BatchList;

class TextMemoryTest {
  private static final AwdLstmConfig SMALL = AwdLstmConfig.LANGUAGE_MODEL.withSizes(16, 24, 2);
  private static final int BATCHES = 10;

  /** Notes the native memory in use at the end of each training batch. */
  private static final class Use extends Callback {
    private final List<Long> used = new ArrayList<>();

    @Override
    public boolean runValid() {
      return false;
    }

    @Override
    public void afterBatch(Learner learn) {
      used.add(MemoryUse.now().used());
    }

    void assertFlat() {
      long first = Collections.max(used.subList(0, BATCHES));
      long last = Collections.max(used.subList(used.size() - BATCHES, used.size()));
      assertTrue(used.size() >= 5 * BATCHES);
      assertTrue(last <= first, () -> "memory grows: " + used);
    }
  }

  private static List<HostArray> words(int rows, int length) {
    List<HostArray> out = new ArrayList<>();
    for (int b = 0; b < BATCHES; b++) {
      long[] x = new long[rows * length];
      int at = b;
      Arrays.setAll(x, i -> 2 + (i * 7 + at) % 18);
      out.add(HostArray.of(x, rows, length));
    }
    return out;
  }

  private static List<String> vocab() {
    List<String> v = new ArrayList<>(List.of("xxunk", "xxpad"));
    for (int i = 2; i < 20; i++) {
      v.add("w" + i);
    }
    return v;
  }

  @Test
  void languageModelStepsLeaveMemoryFlat() {
    LanguageModelLearner lm =
        LanguageModelLearner.create(
            BatchList.loaders(words(4, 9), words(4, 9)),
            vocab(),
            TextOptions.LANGUAGE_MODEL.withConfig(SMALL),
            b -> b.progress(ProgressOutput.none()));
    Use use = new Use();
    lm.learner().addCbs(use);
    lm.learner().fit(6, 1e-3);
    use.assertFlat();
  }

  @Test
  void classifierStepsLeaveMemoryFlat() {
    List<HostArray> classes = new ArrayList<>();
    for (int b = 0; b < BATCHES; b++) {
      classes.add(HostArray.of(new long[] {0, 1, 0, 1}, 4));
    }
    TextClassifierLearner clas =
        TextClassifierLearner.create(
            BatchList.loaders(words(4, 40), classes),
            vocab(),
            2,
            TextOptions.CLASSIFIER.withConfig(SMALL).withLengths(8, 16),
            b -> b.progress(ProgressOutput.none()));
    Use use = new Use();
    clas.learner().addCbs(use);
    clas.learner().fit(6, 1e-3);
    use.assertFlat();
  }
}
