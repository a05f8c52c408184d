package org.onecycle.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The factories that make the pieces of exported learners again, by name. An export names factories
 * and holds their settings; it holds no code and no class names.
 *
 * <pre>{@code
 * Exports.register("two-layers", s -> new TwoLayers(s.get("in").asInt(), s.get("out").asInt()));
 * }</pre>
 */
public final class Exports {
  private static final Map<String, Factory> FACTORIES = new ConcurrentHashMap<>();

  /** Makes a piece of its settings. */
  @FunctionalInterface
  public interface Factory {
    /** Returns a new piece. */
    Object make(JsonNode settings);
  }

  private static final class Providers {
    /** Loaded when they are first needed, once. */
    private static final boolean LOADED = load();

    private static boolean load() {
      ServiceLoader.load(ExportProvider.class).forEach(ExportProvider::register);
      return true;
    }
  }

  private Exports() {}

  /** Registers a factory; a later one takes the name over. */
  public static void register(String name, Factory factory) {
    FACTORIES.put(name, factory);
  }

  /**
   * Makes a piece.
   *
   * @throws IllegalArgumentException if no factory has the name, or it makes something else
   */
  public static <T> T make(Spec spec, Class<T> type) {
    Factory factory = Providers.LOADED ? FACTORIES.get(spec.name()) : null;
    if (factory == null) {
      throw new IllegalArgumentException(
          "no factory is registered for %s: add its library, or Exports.register(\"%s\", ..); there are %s"
              .formatted(spec.name(), spec.name(), new TreeSet<>(FACTORIES.keySet())));
    }
    Object made;
    try {
      made = factory.make(spec.settings());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s cannot be made of %s: %s".formatted(spec.name(), spec.settings(), e), e);
    }
    if (!type.isInstance(made)) {
      throw new IllegalArgumentException(
          "%s expects a %s, its factory makes %s"
              .formatted(spec.name(), type.getSimpleName(), made == null ? null : made.getClass()));
    }
    return type.cast(made);
  }
}
