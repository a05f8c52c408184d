package org.onecycle.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes a file beside its place and moves it there when it is whole. */
public final class AtomicFile {
  /** Writes the content. */
  @FunctionalInterface
  public interface Writer {
    /** Fills the temporary file, which exists and is empty. */
    void write(Path temporary) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes {@code path} through a temporary file; on failure {@code path} is as it was before.
   *
   * @throws UncheckedIOException naming the file if it cannot be written
   */
  public static void write(Path path, Writer writer) {
    Path target = path.toAbsolutePath();
    try {
      Files.createDirectories(target.getParent());
      // Not createTempFile, whose files nobody else may read.
      Path temporary =
          Files.createFile(
              target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID()));
      try {
        writer.write(temporary);
        move(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path + ": " + e.getMessage(), e);
    }
  }

  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
