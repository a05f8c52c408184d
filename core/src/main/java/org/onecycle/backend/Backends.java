package org.onecycle.backend;

import java.util.Locale;

/** Chooses the backend, once for the process: {@code -Donecycle.backend=nd4j} forces one. */
public final class Backends {
  private static volatile Backend current = choose();

  private Backends() {}

  /** Returns the backend in use. */
  public static Backend current() {
    return current;
  }

  private static Backend choose() {
    String wanted = System.getProperty("onecycle.backend", "auto").toLowerCase(Locale.ROOT);
    return switch (wanted) {
      case "auto", "nd4j" -> new Nd4jBackend();
      default ->
          throw new IllegalArgumentException(
              "onecycle.backend expects auto or nd4j, got " + wanted);
    };
  }
}
