package org.onecycle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.bench.work.Message;

@DisabledOnOs(OS.WINDOWS)
class WorkerTest {
  private static final String READY = "echo '{\"ready\":\"x 1\",\"items\":8}'; ";

  @TempDir private Path folder;

  private Worker start(String script) {
    return Worker.start(new ProcessBuilder("sh", "-c", script), folder.resolve("log"));
  }

  @Test
  void asksForStepsAndReadsFigures() throws IOException {
    String script =
        "echo 'a library greets'; "
            + READY
            + "read order; echo '{\"steps\":5,\"seconds\":2.5,\"loss\":0.5,\"more\":1}'; "
            + "read order; echo \"$order\" >&2; echo '{\"peak_kb\":2048}'";
    try (Worker worker = start(script)) {
      assertEquals("x 1", worker.ready().ready());
      assertEquals(8, worker.ready().items());
      Message done = worker.run(5, 2);
      assertEquals(5, done.steps());
      assertEquals(2.5, done.seconds());
      assertEquals(2048, worker.end().peakKb());
    }
    assertEquals("{\"steps\":0,\"seconds\":0.0}", Texts.lastLine(folder.resolve("log")));
  }

  @Test
  void aSideThatCannotSaysWhy() {
    var e =
        assertThrows(
            UnsupportedOperationException.class, () -> start("echo '{\"absent\":\"no torch\"}'"));
    assertEquals("no torch", e.getMessage());
  }

  @Test
  void aSideThatDiesIsReportedWithItsLastWords() throws IOException {
    var early =
        assertThrows(
            UnsupportedOperationException.class, () -> start("echo 'no such library' >&2"));
    assertTrue(early.getMessage().contains("no such library"), early.getMessage());
    try (Worker worker = start(READY + "read order; echo 'out of memory' >&2")) {
      var late = assertThrows(IOException.class, () -> worker.run(1, 0));
      assertTrue(late.getMessage().contains("out of memory"), late.getMessage());
    }
  }
}
