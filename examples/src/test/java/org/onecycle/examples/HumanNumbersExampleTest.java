package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Batch;
import org.onecycle.data.BatchIterator;
import org.onecycle.data.DataLoaders;
import picocli.CommandLine;

class HumanNumbersExampleTest {
  @TempDir Path folder;

  @Test
  void numbersInWords() {
    assertEquals(List.of("seven"), HumanNumbers.spell(7));
    assertEquals(List.of("forty"), HumanNumbers.spell(40));
    assertEquals(
        "nine thousand nine hundred ninety nine", String.join(" ", HumanNumbers.spell(9999)));
    assertEquals("one thousand twelve", String.join(" ", HumanNumbers.spell(1012)));
    HumanNumbers all = HumanNumbers.generate();
    assertEquals(30, all.vocab().size());
    assertEquals(List.of("one", ".", "two", "."), all.words().subList(0, 4));
  }

  @Test
  void rowsGoOnFromBatchToBatch() {
    DataLoaders dls = HumanNumbers.generate().loaders(64, 16);
    try (BatchIterator batches = dls.train().iterator()) {
      Batch first = batches.next();
      Batch second = batches.next();
      long[] x = first.inputs()[0].toLongs();
      long[] y = first.targets()[0].toLongs();
      long[] next = second.inputs()[0].toLongs();
      for (int r = 0; r < 64; r++) {
        for (int t = 0; t < 15; t++) {
          assertEquals(x[r * 16 + t + 1], y[r * 16 + t]);
        }
        assertEquals(next[r * 16], y[r * 16 + 15]);
      }
      assertArrayEquals(new long[] {64, 16}, first.inputs()[0].shape());
    }
  }

  @Test
  void trainsAndReports() throws IOException {
    Path report = folder.resolve("report.json");
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(err));
    int code = command.execute("human-numbers", "--epochs=2", "--report=" + report);
    assertEquals(0, code, err::toString);
    JsonNode json = new JsonMapper().readTree(report.toFile());
    assertEquals(2, json.get("history").size());
    // The most frequent word, the full stop, is a sixth of all.
    assertTrue(json.get("final").get("accuracy").asDouble() > .3, json::toString);
    assertEquals(2, command.execute("human-numbers", "--data=" + folder));
    assertTrue(err.toString().contains("neither --data nor --weights"), err::toString);
  }
}
