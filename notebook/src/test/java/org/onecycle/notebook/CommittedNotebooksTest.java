package org.onecycle.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.onecycle.notebook.kernel.NotebookFile;

/**
 * The notebooks come with the outputs of a whole run, and with nothing a reader would stumble at.
 */
class CommittedNotebooksTest {
  private static final Path FOLDER = Path.of("../examples/notebooks");
  private static final Pattern PATH = Pattern.compile("\"(/tmp|/root|/home|/work|/Users)/");

  @TestFactory
  Stream<DynamicTest> haveOutputs() throws IOException {
    List<Path> notebooks;
    try (Stream<Path> files = Files.list(FOLDER)) {
      notebooks = files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
    }
    assertEquals(5, notebooks.size());
    return notebooks.stream()
        .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
  }

  private static void check(Path file) throws IOException {
    int number = 0;
    int pictures = 0;
    for (JsonNode cell : NotebookFile.read(file).codeCells()) {
      assertEquals(++number, cell.path("execution_count").asInt(), "run from first to last");
      for (JsonNode output : cell.path("outputs")) {
        String type = output.path("output_type").asText();
        assertFalse(type.equals("error"), cell::toString);
        assertFalse(PATH.matcher(output.toString()).find(), output::toString);
        JsonNode data = output.path("data");
        String html = NotebookFile.text(data.path("text/html"));
        assertFalse(html.contains("<progress"), "a bar that stands still");
        pictures += data.has("image/png") || html.contains("<svg") ? 1 : 0;
      }
    }
    assertTrue(pictures > 0, "no picture in " + file);
  }
}
