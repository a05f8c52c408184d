package org.onecycle.io;

import java.nio.file.Path;

/** A file of weights is damaged, of another kind, or asks for something that is refused. */
public final class WeightsFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String file;

  WeightsFormatException(Path file, String problem) {
    super(file + ": " + problem);
    this.file = file.toString();
  }

  WeightsFormatException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
    this.file = file.toString();
  }

  /** The file that cannot be read. */
  public Path file() {
    return Path.of(file);
  }
}
