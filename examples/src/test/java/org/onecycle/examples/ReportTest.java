package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path folder;

  private static Report report() {
    return new Report(
        "siamese",
        42,
        List.of(
            new Report.Epoch(0, 0.75, Double.NaN, Map.of("accuracy", 0.5), 2.5),
            new Report.Epoch(1, 0.25, 0.125, Map.of("accuracy", 0.75), 2)),
        Map.of("accuracy", 0.75),
        4.75,
        null);
  }

  @Test
  void schema() throws IOException {
    Path file = folder.resolve("sub/report.json");
    report().write(file);
    JsonNode json = new JsonMapper().readTree(file.toFile());
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    assertEquals(List.of("example", "seed", "history", "final", "seconds", "peak_rss_mb"), names);
    assertEquals(
        "{\"epoch\":1,\"train_loss\":0.25,\"valid_loss\":0.125,\"accuracy\":0.75,\"seconds\":2.0}",
        json.get("history").get(1).toString());
    assertTrue(json.get("history").get(0).get("valid_loss").isNull());
    assertEquals("{\"accuracy\":0.75}", json.get("final").toString());
    assertTrue(json.get("peak_rss_mb").isNull());
    try (var left = Files.list(file.getParent())) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void aReportThatCannotBeWrittenLeavesNothing() throws IOException {
    Path inTheWay = Files.createFile(folder.resolve("file"));
    var e =
        assertThrows(
            UncheckedIOException.class, () -> report().write(inTheWay.resolve("report.json")));
    assertTrue(e.getMessage().contains("report.json"), e::getMessage);
  }

  @Test
  void peakMemoryIsPlausible() {
    Double peak = Report.peakRss();
    Assumptions.assumeTrue(peak != null, "this system does not tell the peak memory");
    assertTrue(peak > 10 && peak < 1e6, peak + " MiB");
  }
}
