package org.onecycle.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.onecycle.show.Chart;
import org.onecycle.show.ProgressOutput;

class NotebookProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final FakeKernel kernel = new FakeKernel();
  private final AtomicLong clock = new AtomicLong(SECOND);
  private final NotebookProgress progress = new NotebookProgress(kernel, clock::get);

  @Test
  void theTableGrowsInOneOutput() {
    progress.begin(List.of("epoch", "loss"));
    assertTrue(kernel.html(0).contains("<th>loss</th>") && !kernel.html(0).contains("<td>"));
    progress.row(List.of("0", "0.7"));
    progress.row(List.of("1", "0.5"));
    progress.end();
    assertEquals(1, kernel.outputs.size());
    assertTrue(kernel.html(0).contains("<td>0.7</td>") && kernel.html(0).contains("<td>0.5</td>"));
  }

  @Test
  void theBarStandsBelowTheTableWhileItRuns() {
    progress.begin(List.of("epoch", "loss"));
    try (ProgressOutput.Bar bar = progress.bar("epoch 1/2 train", 10)) {
      clock.addAndGet(2 * SECOND);
      bar.step("loss 0.9");
      String html = kernel.html(0);
      assertTrue(html.contains("value=\"1\" max=\"10\""), html);
      assertTrue(html.contains("epoch 1/2 train 1/10, 0.5/s, 00:18 left, loss 0.9"), html);
    }
    assertFalse(kernel.html(0).contains("<progress"), kernel.html(0));
  }

  @Test
  void aBarIsNotDrawnAtEveryStep() {
    progress.begin(List.of("epoch"));
    ProgressOutput.Bar bar = progress.bar("train", 1000);
    int before = kernel.outputs.get("output 0").size();
    for (int i = 0; i < 1000; i++) {
      clock.addAndGet(SECOND / 1000);
      bar.step("");
    }
    int drawn = kernel.outputs.get("output 0").size() - before;
    assertTrue(drawn >= 3 && drawn <= 6, "drawn " + drawn + " times in a second");
  }

  @Test
  void aShortBarAloneLeavesNothing() {
    try (ProgressOutput.Bar bar = progress.bar("valid", 2)) {
      bar.step("");
    }
    progress.end();
    assertEquals(0, kernel.outputs.size());
  }

  @Test
  void aLongBarAloneComesAndGoes() {
    try (ProgressOutput.Bar bar = progress.bar("lrFind", 100)) {
      clock.addAndGet(2 * SECOND);
      bar.step("");
      assertTrue(kernel.html(0).contains("lrFind 1/100"), kernel.html(0));
    }
    try (ProgressOutput.Bar bar = progress.bar("lrFind", 100)) {
      clock.addAndGet(2 * SECOND);
      bar.step("");
    }
    progress.end();
    assertEquals(1, kernel.outputs.size());
    assertEquals("", kernel.html(0));
  }

  @Test
  void theNextFitHasAnOutputOfItsOwn() {
    progress.begin(List.of("epoch"));
    progress.end();
    progress.begin(List.of("epoch"));
    assertEquals(2, kernel.outputs.size());
  }

  @Test
  void aChartIsDrawnNowAndThenAndAtTheEnd() {
    progress.begin(List.of("epoch"));
    for (int i = 0; i < 100; i++) {
      progress.chart(() -> new Chart("batch", "loss").line("train", 1, 2));
    }
    progress.chart(() -> new Chart("batch", "loss").line("last", 1, 2).line("other", 1, 2));
    assertTrue(kernel.outputs.get("output 0").size() <= 2);
    progress.end();
    assertTrue(kernel.html(0).contains(">last</text>"), kernel.html(0));
  }
}
