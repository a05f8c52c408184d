package org.onecycle.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever comes onto a user's class path has its reason in docs/dependencies.md. */
class DependenciesIT {
  @Test
  void everyJarHasItsReason() throws IOException {
    assumeTrue(System.getProperty("onecycle.root") != null, "runs when there are artifacts");
    Path root = Path.of(System.getProperty("onecycle.root"));
    String page = Files.readString(root.resolve("docs/dependencies.md"));
    List<String> artifacts;
    // All that the applications, the runtime and the examples bring.
    try (Stream<Path> jars = Files.list(root.resolve("notebook/target/lib"))) {
      artifacts =
          jars.map(j -> j.getFileName().toString().replaceFirst("-\\d.*", ""))
              .filter(a -> !a.startsWith("onecycle-"))
              .distinct()
              .toList();
    }
    assertTrue(artifacts.size() > 20, () -> "expected the libraries, got " + artifacts);
    List<String> unexplained =
        artifacts.stream()
            .filter(a -> !Pattern.compile("[`:]" + Pattern.quote(a) + "`").matcher(page).find())
            .toList();
    assertEquals(List.of(), unexplained, "artifacts without a row in docs/dependencies.md");
  }
}
