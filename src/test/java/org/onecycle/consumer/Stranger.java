package org.onecycle.consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A project apart, built by Maven in a folder of its own with a local repository of its own. There
 * it finds Onecycle's artifacts as an installation leaves them; the rest comes from the repository
 * of the running build, as from a remote one, or else from Maven Central.
 */
final class Stranger {
  private static final long MINUTES = 10;

  private static final String SETTINGS =
      """
      <settings>
        <profiles>
          <profile>
            <id>here</id>
            <repositories>
              <repository>
                <id>here</id>
                <url>%1$s</url>
                <releases><checksumPolicy>ignore</checksumPolicy></releases>
                <snapshots><enabled>false</enabled></snapshots>
              </repository>
            </repositories>
            <pluginRepositories>
              <pluginRepository>
                <id>here</id>
                <url>%1$s</url>
                <releases><checksumPolicy>ignore</checksumPolicy></releases>
                <snapshots><enabled>false</enabled></snapshots>
              </pluginRepository>
            </pluginRepositories>
          </profile>
        </profiles>
        <activeProfiles>
          <activeProfile>here</activeProfile>
        </activeProfiles>
      </settings>
      """;

  private final Path root = Path.of(System.getProperty("onecycle.root")).toRealPath();
  private final String version = System.getProperty("onecycle.version");
  private final Path home;
  private final Path repository;
  private final Path settings;

  /** Makes an empty place. */
  Stranger(Path home) throws IOException {
    this.home = home;
    delete(home);
    repository = Files.createDirectories(home.resolve("repository"));
    settings = home.resolve("settings.xml");
    Path ours = Path.of(System.getProperty("onecycle.repository"));
    Files.writeString(settings, SETTINGS.formatted(ours.toUri()));
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(p);
        }
      }
    }
  }

  /** Returns the jar that a module of the running build has packaged. */
  Path jar(String module, String artifact) {
    return jar(module, ".", artifact);
  }

  /** Returns a module's jar in a folder below its target. */
  Path jar(String module, String folder, String artifact) {
    return root.resolve(module)
        .resolve("target")
        .resolve(folder)
        .resolve(artifact + "-" + version + ".jar");
  }

  /** Installs a module that is nothing but a POM. */
  Path install(String module, String artifact) throws IOException {
    Path folder = repository.resolve("org/onecycle").resolve(artifact).resolve(version);
    Files.createDirectories(folder);
    Path pom = folder.resolve(artifact + "-" + version + ".pom");
    return Files.copy(root.resolve(module).resolve("pom.xml"), pom);
  }

  /** Installs a module: its POM and its jar. */
  void install(String module, String artifact, Path jar) throws IOException {
    Path pom = install(module, artifact);
    Files.copy(jar, pom.resolveSibling(artifact + "-" + version + ".jar"));
  }

  /** Copies a project from the sources and builds it. */
  Path build(String project) throws Exception {
    Path from = root.resolve("src/test/consumer").resolve(project);
    Path to = home.resolve(project);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path p : all.filter(f -> !from.relativize(f).startsWith("target")).toList()) {
        Files.copy(
            p, to.resolve(from.relativize(p).toString()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    Path maven = Path.of(System.getProperty("onecycle.maven"), "bin", windows ? "mvn.cmd" : "mvn");
    run(
        to,
        List.of(
            maven.toString(),
            "--batch-mode",
            "--quiet",
            "--settings",
            settings.toString(),
            "-Dmaven.repo.local=" + repository,
            "-Donecycle.version=" + version,
            "compile"));
    return to;
  }

  /** Runs a class of a project that has been built; returns what it prints. */
  String java(Jdk jdk, Path project, String mainClass, Path... args) throws Exception {
    String classPath = Files.readString(project.resolve("target/classpath.txt")).strip();
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    command.add("-Dorg.bytedeco.javacpp.maxbytes=0");
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    if (jdk.release() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-cp");
    command.add(project.resolve("target/classes") + java.io.File.pathSeparator + classPath);
    command.add(mainClass);
    Stream.of(args).map(Path::toString).forEach(command::add);
    return run(project, command);
  }

  private static String run(Path folder, List<String> command) throws Exception {
    Path log = Files.createTempFile("stranger", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "OMP_WAIT_POLICY", "passive"));
    Process process = builder.start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(log);
    Files.delete(log);
    if (!ended || process.exitValue() != 0) {
      throw new AssertionError(String.join(" ", command) + "\n" + text);
    }
    return text;
  }
}
