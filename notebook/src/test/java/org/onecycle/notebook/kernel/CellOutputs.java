package org.onecycle.notebook.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The outputs of a cell, collected from the kernel's messages as a notebook keeps them. */
public final class CellOutputs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ObjectNode> displays;
  private final ArrayNode list = JSON.createArrayNode();
  private String error;

  /**
   * Collects the outputs of a cell.
   *
   * @param displays all outputs of the notebook that may be updated, by name
   */
  CellOutputs(Map<String, ObjectNode> displays) {
    this.displays = displays;
  }

  /** Collects the outputs of a cell on its own. */
  public CellOutputs() {
    this(new LinkedHashMap<>());
  }

  /** Takes a message. */
  public void add(JsonNode message) {
    JsonNode content = message.path("content");
    switch (message.path("header").path("msg_type").asText()) {
      case "stream" -> stream(content.path("name").asText(), content.path("text").asText());
      case "display_data" -> shown("display_data", content);
      case "execute_result" ->
          shown("execute_result", content)
              .put("execution_count", content.path("execution_count").asInt());
      case "update_display_data" -> {
        ObjectNode output = displays.get(displayId(content));
        if (output != null) {
          output.set("data", content.path("data"));
        }
      }
      case "error" -> failed(content);
      default -> {
        // Status and the like leave nothing behind.
      }
    }
  }

  private void stream(String name, String text) {
    JsonNode last = list.isEmpty() ? JSON.createObjectNode() : list.get(list.size() - 1);
    if (last.path("name").asText().equals(name)) {
      ((ObjectNode) last).put("text", last.path("text").asText() + text);
    } else {
      list.addObject().put("name", name).put("output_type", "stream").put("text", text);
    }
  }

  private ObjectNode shown(String type, JsonNode content) {
    ObjectNode output = list.addObject();
    output.set("data", content.path("data"));
    output.putObject("metadata");
    output.put("output_type", type);
    if (!displayId(content).isEmpty()) {
      displays.put(displayId(content), output);
    }
    return output;
  }

  private static String displayId(JsonNode content) {
    return content.path("transient").path("display_id").asText();
  }

  private void failed(JsonNode content) {
    ObjectNode output = list.addObject();
    output.put("ename", content.path("ename").asText());
    output.put("evalue", content.path("evalue").asText());
    output.put("output_type", "error");
    output.set("traceback", content.path("traceback"));
    StringBuilder s = new StringBuilder();
    content.path("traceback").forEach(line -> s.append(line.asText()).append('\n'));
    error = s.toString();
  }

  /** Returns the outputs in nbformat 4. */
  public ArrayNode list() {
    return list;
  }

  /** Returns what went wrong, or null. */
  public String error() {
    return error;
  }

  /** Returns all that can be read: streams and the texts of what was shown. */
  public String text() {
    StringBuilder s = new StringBuilder();
    for (JsonNode output : list) {
      s.append(output.path("text").asText());
      s.append(output.path("data").path("text/plain").asText());
      s.append(output.path("evalue").asText());
    }
    return s.toString();
  }
}
