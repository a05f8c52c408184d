package org.onecycle.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.tensor.F;
import org.onecycle.tensor.Tensor;

/** A machine for which oneDNN has no natives trains all the same, told so once. */
class MissingNativesTest {

  /** What runs without oneDNN's natives. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
      Tensor w = Tensor.of(new float[] {1, 1, 1, 1}, 1, 1, 2, 2).requiresGrad(true);
      for (int i = 0; i < 2; i++) {
        F.conv2d(x, w, null, 1, 0).square().sum().backward();
      }
      System.out.println(Backends.current().name() + " " + Arrays.toString(w.grad().toFloats()));
    }
  }

  @Test
  void thePortableKernelsCarryOnWithOneWarning(@TempDir Path dir)
      throws IOException, InterruptedException {
    String path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(e -> !Path.of(e).getFileName().toString().matches("dnnl-.*-.*-.*\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    Path out = dir.resolve("out.txt");
    Process p =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + dir,
                "-Dorg.bytedeco.javacpp.cachedir=" + dir.resolve("natives"),
                "-cp",
                path,
                Main.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertTrue(p.waitFor(120, TimeUnit.SECONDS), "the process has not ended");
    String said = Files.readString(out);
    assertEquals(0, p.exitValue(), said);
    assertTrue(said.contains("nd4j [40.0, 80.0, 120.0, 160.0]"), said);
    assertEquals(2, said.split("oneDNN is not available", -1).length, said);
  }
}
