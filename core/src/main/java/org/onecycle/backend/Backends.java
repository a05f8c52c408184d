package org.onecycle.backend;

import java.util.Locale;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the backend, once for the process: oneDNN where its natives load, ND4J alone otherwise or
 * with {@code -Donecycle.backend=nd4j}.
 */
public final class Backends {
  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
  private static volatile Backend current = choose();

  private Backends() {}

  /** Returns the backend in use. */
  public static Backend current() {
    return current;
  }

  /** Returns why BFLOAT16 would be slower here than FLOAT, or null if it is faster. */
  public static String bf16Obstacle() {
    return current instanceof OneDnnBackend
        ? OneDnn.bf16Obstacle()
        : "the backend is " + current.name() + ", which has no fast BFLOAT16; oneDNN has";
  }

  private static Backend choose() {
    Backend portable = new Nd4jBackend();
    String wanted = System.getProperty("onecycle.backend", "auto").toLowerCase(Locale.ROOT);
    return switch (wanted) {
      case "nd4j" -> portable;
      case "auto", "onednn" -> {
        if (!Array.detached(DType.FLOAT, 1).isHost()) {
          yield portable;
        }
        Throwable failure = OneDnn.failure();
        if (failure == null) {
          yield new OneDnnBackend(portable);
        }
        LOG.warn(
            "oneDNN is not available ({}): computing with the slower portable kernels."
                + " Is onecycle-cpu on the class path?",
            failure.toString());
        yield portable;
      }
      default ->
          throw new IllegalArgumentException(
              "onecycle.backend expects auto, onednn or nd4j, got " + wanted);
    };
  }
}
