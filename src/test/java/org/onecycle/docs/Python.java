package org.onecycle.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Python with PyTorch, where there is one: {@code -Donecycle.python=FILE} names it. */
public final class Python {
  private static final long SECONDS = 300;

  private Python() {}

  /** Runs a program in a folder and shows what it prints; skips the test without PyTorch. */
  public static void run(Path folder, String program) {
    String named = System.getProperty("onecycle.python");
    Optional<String> python =
        (named == null ? Stream.of("python3", "/usr/bin/python3") : Stream.of(named))
            .filter(p -> start(folder, p, "import torch").code == 0)
            .findFirst();
    Assumptions.assumeTrue(python.isPresent(), "there is no python3 with torch here");
    Ended ended = start(folder, python.get(), program);
    System.out.print(ended.output);
    Assertions.assertEquals(0, ended.code, ended.output);
  }

  private record Ended(int code, String output) {}

  private static Ended start(Path folder, String python, String program) {
    try {
      Path script = Files.writeString(folder.resolve("page.py"), program);
      Path output = folder.resolve("page.txt");
      Process process =
          new ProcessBuilder(python, script.toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Ended(-1, "Python has not ended after " + SECONDS + " seconds");
      }
      return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The usual answer where there is no such program.
      return new Ended(-1, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Python ran", e);
    }
  }
}
