package org.onecycle.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.notebook.kernel.NotebookFile;

/** How notebooks are run by the tests: a broken cell is found, outputs are kept as Jupyter does. */
class NotebookFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private NotebookFile notebook(String... cells) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode all = root.putArray("cells");
    for (String source : cells) {
      ObjectNode cell = all.addObject().put("cell_type", "code").put("source", source);
      cell.putArray("outputs").addObject().put("output_type", "error");
    }
    Path file = folder.resolve("some.ipynb");
    Files.writeString(file, root.toString());
    return NotebookFile.read(file);
  }

  @Test
  void aFailingCellIsNamedWithWhatWentWrong() throws IOException {
    NotebookFile broken = notebook("int a = 1;", "a / 0");
    String message = assertThrows(AssertionError.class, broken::run).getMessage();
    assertTrue(message.contains("some.ipynb, cell 2:\na / 0"), message);
    assertTrue(message.contains("java.lang.ArithmeticException: / by zero"), message);
  }

  @Test
  void aCellThatDoesNotCompileFails() throws IOException {
    String message =
        assertThrows(AssertionError.class, notebook("int a = \"text\";")::run).getMessage();
    assertTrue(message.contains("incompatible types"), message);
    assertThrows(AssertionError.class, notebook("for (int i = 0;")::run);
  }

  @Test
  void cellsSeeThoseBeforeAndNothingIsLeftOfAnEarlierRun() throws Exception {
    NotebookFile file = notebook("int a = 20;\nSystem.out.println(\"one\");", "a + 1");
    file.run();
    JsonNode first = file.codeCells().get(0).path("outputs");
    assertEquals(1, first.size(), first.toString());
    assertEquals("stream", first.path(0).path("output_type").asText());
    assertEquals("one\n", first.path(0).path("text").path(0).asText());
    JsonNode second = file.codeCells().get(1).path("outputs").path(0);
    assertEquals("21", second.path("data").path("text/plain").path(0).asText());
    assertEquals(2, second.path("execution_count").asInt());
    assertThrows(AssertionError.class, notebook("a + 1")::run, "a fresh kernel knows no a");
  }

  @Test
  void anUpdateTakesTheFirstOutputsPlace() throws Exception {
    NotebookFile file = notebook("String id = display(\"begun\");", "updateDisplay(id, \"done\");");
    file.run();
    JsonNode outputs = file.codeCells().get(0).path("outputs");
    assertEquals(1, outputs.size());
    assertEquals("done", outputs.path(0).path("data").path("text/plain").path(0).asText());
    assertEquals(0, file.codeCells().get(1).path("outputs").size());
  }
}
