package org.onecycle.bench;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.bench.work.InputFolder;

class PythonSideTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void saysThatItCannotDoARow(@TempDir Path folder) {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "there is no /usr/bin/python3");
    InputFolder.create(folder).size("seed", 1).save();
    ProcessBuilder start = new Commands(ROOT, 1).worker(Side.PYTORCH, "nonsense", folder);
    var e =
        assertThrows(
            UnsupportedOperationException.class, () -> Worker.start(start, folder.resolve("log")));
    assertTrue(e.getMessage().matches("not written|PyTorch is not installed.*"), e.getMessage());
  }

  @Test
  void aSideThatIsNotBuiltIsSaid(@TempDir Path root) {
    var e =
        assertThrows(
            UnsupportedOperationException.class,
            () -> new Commands(root, 1).worker(Side.LIBTORCH, "tabular_train", root));
    assertTrue(e.getMessage().contains("bench/libtorch is not built"), e.getMessage());
  }
}
