package org.onecycle.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Lists in the settings of a {@link Spec}. */
public final class Json {
  private static final int SHOWN = 200;

  private Json() {}

  /** Returns texts as JSON. */
  public static ArrayNode texts(Collection<String> values) {
    ArrayNode out = Spec.object().arrayNode();
    values.forEach(out::add);
    return out;
  }

  /** Returns numbers as JSON; reading gives the same numbers. */
  public static ArrayNode numbers(double... values) {
    ArrayNode out = Spec.object().arrayNode();
    for (double v : values) {
      out.add(v);
    }
    return out;
  }

  /** Returns whole numbers as JSON. */
  public static ArrayNode integers(Collection<Integer> values) {
    ArrayNode out = Spec.object().arrayNode();
    values.forEach(out::add);
    return out;
  }

  /** Returns the specs of pieces as JSON. */
  public static ArrayNode specs(Collection<?> pieces) {
    ArrayNode out = Spec.object().arrayNode();
    pieces.forEach(piece -> out.add(Exportable.of(piece).toJson()));
    return out;
  }

  /**
   * Reads what {@link #texts} has written.
   *
   * @throws IllegalArgumentException if the setting is missing or no list
   */
  public static List<String> texts(JsonNode settings, String name) {
    return list(settings, name, JsonNode::asText);
  }

  /**
   * Reads what {@link #numbers} has written.
   *
   * @throws IllegalArgumentException if the setting is missing or no list
   */
  public static double[] numbers(JsonNode settings, String name) {
    return list(settings, name, JsonNode::asDouble).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /**
   * Reads what {@link #integers} has written.
   *
   * @throws IllegalArgumentException if the setting is missing or no list
   */
  public static List<Integer> integers(JsonNode settings, String name) {
    return list(settings, name, JsonNode::asInt);
  }

  /**
   * Makes the pieces that {@link #specs} has written.
   *
   * @throws IllegalArgumentException if the setting is missing or no list, or as {@link
   *     Exports#make}
   */
  public static <T> List<T> pieces(JsonNode settings, String name, Class<T> type) {
    return list(settings, name, node -> Exports.make(Spec.fromJson(node), type));
  }

  /**
   * Makes a piece of a setting that is a spec.
   *
   * @throws IllegalArgumentException if it is none, or as {@link Exports#make}
   */
  public static <T> T piece(JsonNode settings, String name, Class<T> type) {
    return Exports.make(Spec.fromJson(settings.path(name)), type);
  }

  private static <T> List<T> list(JsonNode settings, String name, Function<JsonNode, T> read) {
    JsonNode node = settings.path(name);
    if (!node.isArray()) {
      throw new IllegalArgumentException("expected a list '" + name + "', got " + abridged(node));
    }
    List<T> out = new ArrayList<>(node.size());
    node.forEach(element -> out.add(read.apply(element)));
    return out;
  }

  /** A vocabulary would fill the screen. */
  static String abridged(JsonNode node) {
    if (node.isMissingNode()) {
      return "nothing";
    }
    String text = node.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " ...";
  }
}
