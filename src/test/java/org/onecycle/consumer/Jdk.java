package org.onecycle.consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** An installed JDK. */
record Jdk(int release, Path home) {
  private static final int NEWEST_TRIED = 25;

  Path java() {
    return home.resolve("bin/java");
  }

  /** Returns the running JDK, and one of Java 25 beside it or named by JAVA_25_HOME, if any. */
  static List<Jdk> found() throws IOException {
    Path own = Path.of(System.getProperty("java.home"));
    List<Jdk> all = new ArrayList<>(List.of(new Jdk(Runtime.version().feature(), own)));
    List<Path> homes = new ArrayList<>();
    if (System.getenv("JAVA_25_HOME") != null) {
      homes.add(Path.of(System.getenv("JAVA_25_HOME")));
    }
    try (Stream<Path> beside = Files.list(own.getParent())) {
      homes.addAll(beside.sorted().toList());
    }
    homes.stream()
        .filter(h -> all.get(0).release != NEWEST_TRIED && release(h) == NEWEST_TRIED)
        .findFirst()
        .ifPresent(h -> all.add(new Jdk(NEWEST_TRIED, h)));
    return all;
  }

  private static int release(Path home) {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(home.resolve("release"))) {
      properties.load(in);
    } catch (IOException e) {
      return 0; // no JDK
    }
    String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
    return Integer.parseInt(version.replaceAll("[^0-9].*", ""));
  }
}
