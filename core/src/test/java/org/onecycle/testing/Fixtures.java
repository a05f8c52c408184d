package org.onecycle.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the fixtures under {@code fixtures/} on the test class path, and the big shared data where
 * it is there.
 */
public final class Fixtures {
  private Fixtures() {}

  /** The file or folder {@code fixtures/name}; what lies in a jar is copied out first. */
  public static Path path(String name) {
    URL url = Fixtures.class.getResource("/fixtures/" + name);
    if (url == null) {
      throw new IllegalArgumentException("no test resource fixtures/" + name);
    }
    try {
      URI uri = url.toURI();
      return uri.getScheme().equals("file") ? Path.of(uri) : unpack(uri, name);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("no path for " + url, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + url, e);
    }
  }

  private static Path unpack(URI uri, String name) throws IOException {
    Path out = Files.createTempDirectory("fixtures");
    out.toFile().deleteOnExit();
    URI jar = URI.create(uri.toString().replaceFirst("!.*", "!/"));
    try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of());
        Stream<Path> tree = Files.walk(zip.getPath("/fixtures/" + name))) {
      Path root = zip.getPath("/fixtures");
      for (Path from : (Iterable<Path>) tree::iterator) {
        Path to = out.resolve(root.relativize(from).toString());
        Files.createDirectories(to.getParent());
        if (!Files.isDirectory(from)) {
          Files.copy(from, to);
        } else if (!Files.exists(to)) {
          Files.createDirectory(to);
        }
      }
    }
    return out.resolve(name);
  }

  /** The array {@code fixtures/name}, with or without {@code .npy}. */
  public static Npy npy(String name) {
    return Npy.read(path(name.endsWith(".npy") ? name : name + ".npy"));
  }

  /** The JSON document {@code fixtures/name}, with or without {@code .json}. */
  public static JsonNode json(String name) {
    Path file = path(name.endsWith(".json") ? name : name + ".json");
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The names (without {@code .npy}, sorted) of the arrays in the folder {@code fixtures/name}. */
  public static List<String> npyNames(String name) {
    try (Stream<Path> files = Files.list(path(name))) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".npy"))
          .map(f -> f.substring(0, f.length() - 4))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + name, e);
    }
  }

  /**
   * A file of the big real data beside the project (system property {@code onecycle.shared}), empty
   * where it is not there; tests then say {@code assumeTrue(path.isPresent(), reason)}.
   */
  public static Optional<Path> shared(String name) {
    String root = System.getProperty("onecycle.shared");
    return Optional.ofNullable(root).map(r -> Path.of(r).resolve(name)).filter(Files::exists);
  }
}
