package org.onecycle.docs;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the pages are. */
final class Pages {
  private Pages() {}

  /** Returns the folder with README.md, above the one the tests run in. */
  static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("README.md"))) {
      at = at.getParent();
    }
    return at;
  }
}
