package org.onecycle.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The whole outcome of a run.
 *
 * @param machine the processor's name
 * @param threads of each side
 * @param seed of the inputs
 * @param quick whether it was only a first look
 * @param seconds the run took
 * @param rows the figures
 */
record Report(
    String machine, int threads, long seed, boolean quick, long seconds, List<RowResult> rows) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);
  private static final Path CPU = Path.of("/proc/cpuinfo");

  static String thisMachine() {
    String arch = System.getProperty("os.arch");
    if (!Files.isReadable(CPU)) {
      return arch;
    }
    return Texts.read(CPU)
        .lines()
        .filter(l -> l.startsWith("model name"))
        .map(l -> l.substring(l.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(arch);
  }

  /** Writes the report whole or not at all. */
  void write(Path file) {
    Path target = file.toAbsolutePath();
    try {
      Files.createDirectories(target.getParent());
      Path part = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".tmp");
      JSON.writeValue(part.toFile(), this);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
