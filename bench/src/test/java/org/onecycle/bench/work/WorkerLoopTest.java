package org.onecycle.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerLoopTest {
  private static final class Count implements Work {
    private int steps;

    @Override
    public int items() {
      return 8;
    }

    @Override
    public void run(Pace pace) {
      do {
        steps++;
      } while (pace.next(steps == 2 ? Double.NaN : .5));
    }
  }

  private static List<JsonNode> serve(String orders, WorkerLoop.Maker maker) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WorkerLoop.serve(
        new ByteArrayInputStream(orders.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        "x 1",
        maker);
    List<JsonNode> messages = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      messages.add(new ObjectMapper().readTree(line));
    }
    return messages;
  }

  @Test
  void doesTheStepsOfEachOrderAndEnds() throws IOException {
    Count work = new Count();
    List<JsonNode> out =
        serve("{\"steps\":2,\"seconds\":0}\n{\"steps\":3}\n{\"steps\":0}\n", () -> work);
    assertEquals(5, work.steps);
    assertEquals(4, out.size());
    assertEquals("x 1", out.get(0).get("ready").asText());
    assertEquals(8, out.get(0).get("items").asInt());
    assertFalse(out.get(0).has("flops"), "NaN is left out");
    assertEquals(2, out.get(1).get("steps").asInt());
    assertFalse(out.get(1).has("loss"), "NaN is left out");
    assertEquals(3, out.get(2).get("steps").asInt());
    assertEquals(.5, out.get(2).get("loss").asDouble());
    assertTrue(out.get(3).has("peak_kb"));
  }

  @Test
  void aClosedInputEndsTheWork() throws IOException {
    Count work = new Count();
    assertEquals(3, serve("{\"steps\":2}\n", () -> work).size());
    assertEquals(2, work.steps);
  }

  @Test
  void workThatIsNotThereIsSaid() throws IOException {
    List<JsonNode> out =
        serve(
            "",
            () -> {
              throw new UnsupportedOperationException("not there");
            });
    assertEquals("not there", out.get(0).get("absent").asText());
    assertEquals(1, out.size());
  }

  @Test
  void readsThePeakOfResidentMemory(@TempDir Path folder) throws IOException {
    Path status = Files.writeString(folder.resolve("s"), "VmPeak:\t 9 kB\nVmHWM:\t  1234 kB\n");
    assertEquals(1234, WorkerLoop.peakKb(status));
    assertEquals(0, WorkerLoop.peakKb(folder.resolve("none")));
  }
}
