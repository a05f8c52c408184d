package org.onecycle.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The factories that make the pieces of exported learners again, by name. An export names factories
 * and holds their settings; it holds no code and no class names.
 *
 * <pre>{@code
 * Exports.register("two-layers", s -> new TwoLayers(s.get("in").asInt(), s.get("out").asInt()));
 * }</pre>
 *
 * <p>The library's own factories are registered by an {@link ExportProvider} of each module before
 * the first is asked for.
 */
public final class Exports {
  private static final Map<String, Factory> FACTORIES = new ConcurrentHashMap<>();

  /** Where the library's own factories are, by the word before the dot. */
  private static final Map<String, String> LIBRARIES =
      Map.of("vision", "onecycle-vision", "text", "onecycle-text", "tabular", "onecycle-tabular");

  private static boolean loaded;

  /** Makes a piece of its settings. */
  @FunctionalInterface
  public interface Factory {
    /** Returns a new piece. */
    Object make(JsonNode settings);
  }

  /** A name that nobody has registered: said as it is, however deep the piece was to be used. */
  private static final class UnknownFactory extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownFactory(String message) {
      super(message);
    }
  }

  private Exports() {}

  /** Registers a factory; a later one takes the name over. */
  public static void register(String name, Factory factory) {
    providers();
    FACTORIES.put(name, factory);
  }

  /** Looks for providers once, where the thread finds its classes and where this library is. */
  private static synchronized void providers() {
    if (loaded) {
      return;
    }
    loaded = true;
    Set<Class<?>> seen = new LinkedHashSet<>();
    try {
      for (ServiceLoader<ExportProvider> found :
          Set.of(
              ServiceLoader.load(ExportProvider.class),
              ServiceLoader.load(ExportProvider.class, Exports.class.getClassLoader()))) {
        for (ExportProvider provider : found) {
          if (seen.add(provider.getClass())) {
            provider.register();
          }
        }
      }
    } catch (ServiceConfigurationError e) {
      loaded = false;
      throw new IllegalStateException(
          "a library on the class path names an ExportProvider that cannot be used: "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Makes a piece.
   *
   * @throws IllegalArgumentException if no factory has the name, or it makes something else
   */
  public static <T> T make(Spec spec, Class<T> type) {
    providers();
    Factory factory = FACTORIES.get(spec.name());
    if (factory == null) {
      throw new UnknownFactory(unknown(spec.name()));
    }
    Object made;
    try {
      made = factory.make(spec.settings());
    } catch (UnknownFactory e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s cannot be made of %s: %s".formatted(spec.name(), Json.abridged(spec.settings()), e),
          e);
    }
    if (!type.isInstance(made)) {
      throw new IllegalArgumentException(
          "%s expects a %s, its factory makes %s"
              .formatted(spec.name(), type.getSimpleName(), made == null ? null : made.getClass()));
    }
    return type.cast(made);
  }

  private static String unknown(String name) {
    String family = name.split("\\.", 2)[0];
    String library = LIBRARIES.get(family);
    String remedy =
        library == null
            ? "add the library that registers it, or call Exports.register(\"" + name + "\", ..)"
            : "add " + library + " to the class path, of a version that has it";
    List<String> near =
        FACTORIES.keySet().stream().filter(n -> n.startsWith(family + ".")).sorted().toList();
    return "no factory is registered for %s: %s; %s"
        .formatted(
            name,
            remedy,
            near.isEmpty() ? "there is none of " + family : "there are " + String.join(", ", near));
  }
}
