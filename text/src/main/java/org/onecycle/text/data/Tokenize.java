package org.onecycle.text.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.Split;
import org.onecycle.data.Transform;
import org.onecycle.io.Exportable;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/**
 * Splits texts, and files of texts, into tokens; decodes to the tokens with spaces between them.
 *
 * <p>Set-up splits the training texts by several threads, because a vocabulary asks for all of
 * them; their tokens are remembered until memory is short.
 */
public final class Tokenize implements Transform<Object, Tokens>, Exportable {
  static final String NAME = "text.tokenize";

  private final Tokenizer tokenizer;
  private volatile SoftReference<Map<Object, Tokens>> known = new SoftReference<>(Map.of());

  /** Splits as a tokenizer does. */
  public Tokenize(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Returns how texts are split. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The tokenizer's splitter and rules, by name. */
  @Override
  public Spec spec() {
    ObjectNode settings = Spec.object();
    settings.set("rules", specs("rule", tokenizer.rules()));
    settings.set("splitter", Exportable.of(tokenizer.splitter()).toJson());
    settings.set("post_rules", specs("rule on tokens", tokenizer.postRules()));
    return new Spec(NAME, settings);
  }

  private static ArrayNode specs(String kind, List<UnaryOperator<String>> rules) {
    for (int i = 0; i < rules.size(); i++) {
      if (!(rules.get(i) instanceof Exportable)) {
        throw new IllegalArgumentException(
            "%s %d of %d of the tokenizer cannot be exported: it is a function without a name; use"
                    .formatted(kind, i + 1, rules.size())
                + " a TextRule, or one that implements Exportable");
      }
    }
    return Json.specs(rules);
  }

  static Tokenize of(JsonNode settings) {
    return new Tokenize(
        new Tokenizer(
            rules(settings, "rules"),
            Json.piece(settings, "splitter", TokenSplitter.class),
            rules(settings, "post_rules")));
  }

  @SuppressWarnings("unchecked") // A rule that takes anything but texts fails as a rule.
  private static List<UnaryOperator<String>> rules(JsonNode settings, String name) {
    List<UnaryOperator<String>> out = new ArrayList<>();
    for (UnaryOperator<?> rule : Json.pieces(settings, name, UnaryOperator.class)) {
      out.add((UnaryOperator<String>) rule);
    }
    return out;
  }

  @Override
  public Class<Object> accepts() {
    return Object.class;
  }

  @Override
  public Class<Tokens> produces() {
    return Tokens.class;
  }

  @Override
  public void setup(Iterable<Object> training) {
    List<Object> texts = new ArrayList<>();
    training.forEach(texts::add);
    ConcurrentHashMap<String, String> words = new ConcurrentHashMap<>();
    List<Tokens> all =
        Parallel.map(
            texts.size(),
            LoaderOptions.defaults().workers(),
            i -> {
              try {
                return new Tokens(Parallel.shared(tokens(texts.get(i)), words));
              } catch (RuntimeException e) {
                // It fails again when its item is read, and that error can name the item.
                return null;
              }
            });
    Map<Object, Tokens> made = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i) != null) {
        made.put(texts.get(i), all.get(i));
      }
    }
    known = new SoftReference<>(made);
  }

  /**
   * Splits a text.
   *
   * @throws IllegalArgumentException if it is neither a String nor the Path of a file
   * @throws java.io.UncheckedIOException naming the file that cannot be read
   */
  @Override
  public Tokens encode(Object text, Split split, Rng rng) {
    Map<Object, Tokens> all = known.get();
    Tokens made = all == null ? null : all.get(text);
    return made == null ? new Tokens(tokens(text)) : made;
  }

  private List<String> tokens(Object text) {
    if (text instanceof Path file) {
      return tokenizer.tokens(TextFiles.read(file));
    }
    if (text instanceof String s) {
      return tokenizer.tokens(s);
    }
    throw new IllegalArgumentException(
        "Tokenize expects a text (String) or a file (Path), got %s %s"
            .formatted(text.getClass().getSimpleName(), text));
  }

  @Override
  public String decode(Tokens tokens) {
    return tokens.toString();
  }

  @Override
  public Tokenize fresh() {
    return new Tokenize(tokenizer);
  }
}
