package org.onecycle.io;

import java.nio.file.Path;

/**
 * The folder for what is downloaded: {@code ~/.onecycle}, moved by the environment variable {@code
 * ONECYCLE_HOME} or the system property {@code onecycle.home}, which wins.
 */
public final class OnecycleHome {
  private OnecycleHome() {}

  /** The folder itself; it need not exist. */
  public static Path path() {
    return path(System.getProperty("onecycle.home"), System.getenv("ONECYCLE_HOME"));
  }

  static Path path(String property, String environment) {
    for (String given : new String[] {property, environment}) {
      if (given != null && !given.isBlank()) {
        return Path.of(given.strip());
      }
    }
    return Path.of(System.getProperty("user.home"), ".onecycle");
  }

  /** Downloaded weights: {@code cache/weights}. */
  public static Path weights() {
    return path().resolve("cache").resolve("weights");
  }

  /** Downloaded archives: {@code cache/archives}. */
  public static Path archives() {
    return path().resolve("cache").resolve("archives");
  }

  /** Unpacked data sets: {@code data}. */
  public static Path data() {
    return path().resolve("data");
  }
}
