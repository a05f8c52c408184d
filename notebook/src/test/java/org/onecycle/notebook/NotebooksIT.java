package org.onecycle.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
 * Runs the notebooks of the examples from an empty state. {@code -Donecycle.notebooks.write=true}
 * writes their outputs into them.
 */
class NotebooksIT {
  /** What Java prints of an object that does not say how it prints. */
  private static final Pattern RAW = Pattern.compile("(\\w+\\.)+\\w+(\\$\\w+)?@[0-9a-f]{4,8}");

  @TestFactory
  Stream<DynamicTest> runs() throws IOException {
    String folder = System.getProperty("onecycle.notebooks");
    assumeTrue(folder != null, "notebooks run when there are jars");
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      List<Path> notebooks = files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
      assertFalse(notebooks.isEmpty(), "no notebooks in " + folder);
      return notebooks.stream()
          .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> run(f)));
    }
  }

  private static void run(Path file) throws Exception {
    NotebookFile notebook = NotebookFile.read(file);
    try {
      notebook.run();
    } finally {
      notebook.write(Path.of("target/notebooks").resolve(file.getFileName()));
    }
    for (JsonNode cell : notebook.codeCells()) {
      for (JsonNode output : cell.path("outputs")) {
        assertEquals("", output.path("name").asText().replace("stdout", ""), output.toString());
        String text = output.toString();
        assertFalse(RAW.matcher(text).find(), () -> "a raw object in " + text);
      }
    }
    if (Boolean.getBoolean("onecycle.notebooks.write")) {
      notebook.write(file);
    }
  }
}
