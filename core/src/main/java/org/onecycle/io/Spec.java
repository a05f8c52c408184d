package org.onecycle.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that can be made again: the name of a factory in {@link Exports} and its settings.
 *
 * @param name the factory's name
 * @param settings what the factory is given, a JSON object
 */
public record Spec(String name, JsonNode settings) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Checks that the settings are an object, and keeps a copy. */
  public Spec {
    if (name.isBlank() || !settings.isObject()) {
      throw new IllegalArgumentException(
          "A spec expects a name and a JSON object, got '" + name + "' and " + settings);
    }
    settings = settings.deepCopy();
  }

  /** A factory that needs no settings. */
  public static Spec of(String name) {
    return new Spec(name, object());
  }

  /** Returns an empty JSON object to put settings in. */
  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Returns this spec as JSON: {@code {"name": .., "settings": {..}}}. */
  public ObjectNode toJson() {
    ObjectNode node = object().put("name", name);
    node.set("settings", settings.deepCopy());
    return node;
  }

  /**
   * Reads a spec.
   *
   * @throws IllegalArgumentException if the JSON is not one
   */
  public static Spec fromJson(JsonNode node) {
    if (!node.path("name").isTextual() || !node.path("settings").isObject()) {
      throw new IllegalArgumentException(
          "expected a name and settings, got " + Json.abridged(node));
    }
    return new Spec(node.get("name").textValue(), node.get("settings"));
  }
}
