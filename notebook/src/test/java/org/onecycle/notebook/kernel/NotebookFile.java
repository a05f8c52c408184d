package org.onecycle.notebook.kernel;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A notebook as a file has it: its cells, which are run one by one, and their outputs. */
public final class NotebookFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final ObjectNode root;

  private NotebookFile(Path file, ObjectNode root) {
    this.file = file;
    this.root = root;
  }

  /** Reads a notebook. */
  public static NotebookFile read(Path file) throws IOException {
    return new NotebookFile(file, (ObjectNode) JSON.readTree(file.toFile()));
  }

  /** Returns the cells with code, in order. */
  public List<ObjectNode> codeCells() {
    List<ObjectNode> cells = new ArrayList<>();
    for (JsonNode cell : root.path("cells")) {
      if (cell.path("cell_type").asText().equals("code")) {
        cells.add((ObjectNode) cell);
      }
    }
    return cells;
  }

  /**
   * Runs all cells in a fresh kernel and puts their outputs in the place of those that were there.
   *
   * @throws AssertionError naming the cell, if one fails
   */
  public void run() throws Exception {
    Map<String, ObjectNode> displays = new LinkedHashMap<>();
    codeCells().forEach(c -> c.set("outputs", JSON.createArrayNode()));
    try (KernelClient kernel = KernelClient.start(file.toAbsolutePath().getParent())) {
      int number = 0;
      for (ObjectNode cell : codeCells()) {
        CellOutputs outputs = new CellOutputs(displays);
        String source = text(cell.path("source"));
        kernel.execute(source, outputs::add);
        cell.put("execution_count", ++number);
        cell.set("outputs", outputs.list());
        if (outputs.error() != null) {
          throw new AssertionError(
              "%s, cell %d:\n%s\n\n%s"
                  .formatted(file.getFileName(), number, source, outputs.error()));
        }
      }
    }
    lines(root);
  }

  /** Returns a text that may be given as a list of lines. */
  public static String text(JsonNode node) {
    if (!node.isArray()) {
      return node.asText();
    }
    StringBuilder s = new StringBuilder();
    node.forEach(line -> s.append(line.asText()));
    return s.toString();
  }

  /** Texts as lists of lines, so that versions can be compared. */
  private static void lines(ObjectNode root) {
    for (JsonNode cell : root.path("cells")) {
      for (JsonNode output : cell.path("outputs")) {
        if (output.has("text")) {
          ((ObjectNode) output).set("text", lines(text(output.get("text"))));
        }
        if (output.has("data")) {
          ObjectNode data = (ObjectNode) output.get("data");
          List<String> types = new ArrayList<>();
          data.fieldNames().forEachRemaining(types::add);
          types.stream()
              .filter(t -> t.startsWith("text/"))
              .forEach(t -> data.set(t, lines(text(data.get(t)))));
        }
      }
    }
  }

  private static ArrayNode lines(String text) {
    ArrayNode lines = JSON.createArrayNode();
    for (String line : text.split("(?<=\n)")) {
      lines.add(line);
    }
    return lines;
  }

  /** Writes the notebook with its outputs, indented by a space as Jupyter does. */
  public void write(Path target) throws IOException {
    DefaultIndenter indent = new DefaultIndenter(" ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(separators).withObjectIndenter(indent).withArrayIndenter(indent);
    Files.createDirectories(target.toAbsolutePath().getParent());
    String json = JSON.writer(printer).writeValueAsString(root);
    Files.writeString(target, json + "\n");
  }
}
