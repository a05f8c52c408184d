package org.onecycle.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that every example has; a value that cannot be used is found before any work starts.
 */
final class CommonOptions {
  private static final int LEAST_SIZE = 32;
  private static final int LEAST_BATCH = 2;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private Path data;
  private Path weights;
  private Path report;
  private Integer epochs;
  private Integer size;
  private Integer bs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides every random choice; ${DEFAULT-VALUE} by default.")
  private long seed = 42;

  @Option(names = "--debug", description = "Show the stack trace of an error.")
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(names = "--data", paramLabel = "DIR", description = "Folder of the data to train on.")
  void data(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw bad("--data", "a folder", describe(folder));
    }
    data = folder;
  }

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Pretrained weights: safetensors or a PyTorch checkpoint.")
  void weights(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw bad("--weights", "a file that can be read", describe(file));
    }
    weights = file;
  }

  @Option(names = "--epochs", paramLabel = "N", description = "Epochs of every stage.")
  void epochs(int value) {
    epochs = atLeast(1, "--epochs", value);
  }

  @Option(names = "--size", paramLabel = "N", description = "Sides of the pictures in pixels.")
  void size(int value) {
    size = atLeast(LEAST_SIZE, "--size", value);
  }

  @Option(names = "--bs", paramLabel = "N", description = "Samples in a batch.")
  void bs(int value) {
    bs = atLeast(LEAST_BATCH, "--bs", value);
  }

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Write history and results here.")
  void report(Path file) {
    report = writable("--report", file);
  }

  /** The folder of the data, null if none was given. */
  Path data() {
    return data;
  }

  /** The file of the weights, null if none was given. */
  Path weights() {
    return weights;
  }

  /** The report's file, null if none is wanted. */
  Path report() {
    return report;
  }

  int epochsOr(int otherwise) {
    return epochs == null ? otherwise : epochs;
  }

  int sizeOr(int otherwise) {
    return size == null ? otherwise : size;
  }

  int bsOr(int otherwise) {
    return bs == null ? otherwise : bs;
  }

  long seed() {
    return seed;
  }

  /** Returns the file if it can be written once the work is done, whatever folders are missing. */
  Path writable(String option, Path file) {
    Path parent = file.toAbsolutePath().getParent();
    while (parent != null && !Files.exists(parent)) {
      parent = parent.getParent();
    }
    boolean fits =
        !Files.isDirectory(file)
            && parent != null
            && Files.isDirectory(parent)
            && Files.isWritable(parent);
    if (!fits) {
      throw bad(option, "a file that can be written", describe(file));
    }
    return file;
  }

  private int atLeast(int least, String option, int value) {
    if (value < least) {
      throw bad(option, "at least " + least, String.valueOf(value));
    }
    return value;
  }

  private ParameterException bad(String option, String expected, String got) {
    return new ParameterException(
        spec.commandLine(), "%s expects %s, got %s".formatted(option, expected, got));
  }

  private static String describe(Path path) {
    if (!Files.exists(path)) {
      return path + " (nothing there)";
    }
    return path + (Files.isDirectory(path) ? " (a folder)" : " (a file)");
  }
}
