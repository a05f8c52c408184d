package org.onecycle.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.onecycle.callback.ShowGraph;
import org.onecycle.show.Chart;
import org.onecycle.show.ProgressOutput;

/** What a fit shows besides its rows. */
class ShownFitTest {
  private static final class Seen implements ProgressOutput {
    final List<String> calls = new ArrayList<>();
    final List<Chart> charts = new ArrayList<>();

    @Override
    public void begin(List<String> columns) {
      calls.add("begin");
    }

    @Override
    public void row(List<String> cells) {
      calls.add("row");
    }

    @Override
    public Bar bar(String title, long steps) {
      return ProgressOutput.none().bar(title, steps);
    }

    @Override
    public void chart(Supplier<Chart> chart) {
      charts.add(chart.get());
    }

    @Override
    public void end() {
      calls.add("end");
    }
  }

  @Test
  void whatIsShownEnds() {
    Seen seen = new Seen();
    Learner learn = new Toy(6, seen).learn;
    learn.fit(2);
    learn.validate();
    assertEquals(List.of("begin", "row", "row", "end", "end"), seen.calls);
  }

  @Test
  void aGraphGrowsWithTheTraining() {
    Seen seen = new Seen();
    Learner learn = new Toy(6, seen).learn.addCbs(new ShowGraph());
    learn.fit(2);
    int batches = learn.recorder().batches().size();
    assertEquals(batches + 2, seen.charts.size());
    assertFalse(seen.charts.get(0).toSvg().contains("<path"), "one batch is a dot");
    assertTrue(seen.charts.get(1).toSvg().contains("<path"), "two are a line");
    int before = seen.charts.size();
    learn.lrFind();
    assertEquals(before, seen.charts.size());
  }

  @Test
  void aFitPrintsAsOneLine() {
    Learner learn = new Toy(6).learn;
    List<EpochRecord> history = learn.fit(2);
    assertTrue(
        history
            .toString()
            .matches("2 epochs in 00:\\d\\d; train_loss [\\d.]+, valid_loss [\\d.]+.*"),
        history.toString());
    assertEquals(2, history.size());
    assertFalse(learn.toString().contains("@"), learn.toString());
  }

  @Test
  void aSearchDrawsItsSuggestion() {
    Learner learn = new Toy(6).learn;
    String svg = learn.lrFind().plot().toSvg();
    assertTrue(svg.contains(">valley ") && svg.contains(">learning rate<"), svg);
  }
}
