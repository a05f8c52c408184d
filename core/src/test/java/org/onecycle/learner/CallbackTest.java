package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CallbackTest {
  private static final class ComplicatedNameCallback extends Callback {}

  private static final class GPUMonitor extends Callback {}

  @Test
  @DisplayName("LRN-19 names are the class's in snake case")
  void names() {
    assertEquals("complicated_name", new ComplicatedNameCallback().name());
    assertEquals("gpu_monitor", new GPUMonitor().name());
    assertEquals("train_eval", new TrainEval().name());
    assertEquals("callback", new Callback() {}.name());
  }

  @Test
  void theyAreCalledInTheirOrderAndInThatOfAdditionWhereItIsTheSame() {
    List<String> calls = new ArrayList<>();
    class Ordered extends Callback {
      private final int order;
      private final String mark;

      Ordered(int order, String mark) {
        this.order = order;
        this.mark = mark;
      }

      @Override
      public int order() {
        return order;
      }

      @Override
      public void beforeFit(Learner learn) {
        calls.add(mark);
      }
    }
    Line.learner(new Line())
        .cbs(new Ordered(5, "c"), new Ordered(0, "a"), new Ordered(5, "d"), new Ordered(1, "b"))
        .build()
        .fit(0);
    assertEquals(List.of("a", "b", "c", "d"), calls);
  }

  @Test
  void theDefaultsStandInTheirPlaces() {
    assertEquals(
        List.of("train_eval", "recorder", "progress"),
        Line.learner(new Line()).build().cbs().stream().map(Callback::name).toList());
  }

  @Test
  void eventsWithinBatchesCanBeUnwantedByPart() {
    List<String> calls = new ArrayList<>();
    Callback validOnly =
        new Callback() {
          @Override
          public boolean runTrain() {
            return false;
          }

          @Override
          public void beforeTrain(Learner learn) {
            calls.add("train");
          }

          @Override
          public void beforeBatch(Learner learn) {
            calls.add("batch " + learn.state().training());
          }
        };
    Line.learner(new Line()).cbs(validOnly).build().fit(1);
    assertEquals(List.of("train", "batch false", "batch false"), calls);
  }
}
