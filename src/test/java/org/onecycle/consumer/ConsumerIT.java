package org.onecycle.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two projects of a stranger, {@code src/test/consumer}: one trains on a few pictures and exports,
 * the other, with less on its class path, loads the export and predicts.
 */
class ConsumerIT {
  private static final Map<String, String> JARS = new LinkedHashMap<>();
  private static Stranger stranger;

  static {
    JARS.put("core", "onecycle-core");
    JARS.put("vision", "onecycle-vision");
    JARS.put("text", "onecycle-text");
    JARS.put("tabular", "onecycle-tabular");
    JARS.put("examples", "onecycle-examples");
    JARS.put("runtime/cpu", "onecycle-cpu");
  }

  @BeforeAll
  static void install() throws IOException {
    assumeTrue(System.getProperty("onecycle.root") != null, "runs when there are artifacts");
    stranger = new Stranger(Path.of("target/consumer").toAbsolutePath());
    stranger.install(".", "onecycle-parent");
    stranger.install("bom", "onecycle-bom");
    for (var jar : JARS.entrySet()) {
      stranger.install(jar.getKey(), jar.getValue(), stranger.jar(jar.getKey(), jar.getValue()));
    }
    String notebook = "onecycle-notebook";
    stranger.install("notebook", notebook, stranger.jar("notebook", "lib", notebook));
  }

  @Test
  void trainsExportsAndPredicts() throws Exception {
    Path train = stranger.build("train");
    Path predict = stranger.build("predict");
    String lean = Files.readString(predict.resolve("target/classpath.txt"));
    assertFalse(lean.contains("progressbar") || lean.contains("commons-compress"), lean);

    for (Jdk jdk : Jdk.found()) {
      Path export = train.resolve("breeds-" + jdk.release() + ".safetensors");
      String trained = stranger.java(jdk, train, "stranger.Train", Path.of("pictures"), export);
      Matcher accuracy = Pattern.compile("accuracy ([0-9.]+)").matcher(trained);
      assertTrue(accuracy.find(), trained);
      assertTrue(Double.parseDouble(accuracy.group(1)) >= 0.8, trained);

      String said = stranger.java(jdk, predict, "stranger.Predict", export, Path.of("pictures"));
      Matcher answers = Pattern.compile("(\\w+)_\\d+\\.jpg: (\\w+)").matcher(said);
      int pictures = 0;
      int right = 0;
      while (answers.find()) {
        pictures++;
        right += answers.group(1).equals(answers.group(2)) ? 1 : 0;
      }
      assertEquals(8, pictures, said);
      assertTrue(right >= 6, "with Java " + jdk.release() + ":\n" + said);
    }
  }

  @Test
  void aFolderOfJarsForNotebooksHasTheNatives() throws Exception {
    Path lib = stranger.build("notebook").resolve("lib");
    List<String> jars;
    try (Stream<Path> files = Files.list(lib)) {
      jars = files.map(f -> f.getFileName().toString()).toList();
    }
    for (String part : List.of("nd4j-native", "dnnl", "openblas", "opencl", "opencv", "javacpp")) {
      Pattern natives = Pattern.compile(part + "-\\d.*-(linux|macosx|windows)-.*\\.jar");
      assertTrue(jars.stream().anyMatch(j -> natives.matcher(j).matches()), part + ": " + jars);
    }
    assertTrue(jars.stream().anyMatch(j -> j.startsWith("onecycle-notebook-")), jars.toString());
    assertFalse(jars.toString().contains("picocli"), jars.toString());
  }

  @Test
  void jarsNameTheirModules() throws Exception {
    Set<String> names = new HashSet<>();
    for (var jar : JARS.entrySet()) {
      try (JarFile file = new JarFile(stranger.jar(jar.getKey(), jar.getValue()).toFile())) {
        String name = file.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
        assertTrue(name != null && name.matches("org\\.onecycle\\.[a-z]+"), jar + ": " + name);
        assertTrue(names.add(name), "two modules are called " + name);
      }
    }
  }
}
