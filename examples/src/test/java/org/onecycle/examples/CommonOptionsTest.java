package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class CommonOptionsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Probe probe = new Probe();
  @TempDir Path folder;

  @Command(name = "probe")
  static final class Probe implements Callable<Integer> {
    @Mixin private CommonOptions options;
    private RuntimeException failure;
    private boolean ran;

    @Override
    public Integer call() {
      ran = true;
      if (failure != null) {
        throw failure;
      }
      return 0;
    }
  }

  private int run(String... options) {
    CommandLine command = Main.commandLine().addSubcommand(probe);
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] args = new String[options.length + 1];
    args[0] = "probe";
    System.arraycopy(options, 0, args, 1, options.length);
    return command.execute(args);
  }

  private void assertRefused(String expected, String... options) {
    assertEquals(2, run(options));
    assertEquals("examples/run probe: " + expected, err.toString().strip());
    assertFalse(probe.ran);
  }

  @Test
  void valuesArrive() throws IOException {
    Path weights = Files.createFile(folder.resolve("w.pth"));
    assertEquals(
        0,
        run(
            "--data=" + folder,
            "--weights=" + weights,
            "--epochs=3",
            "--size=64",
            "--bs=8",
            "--seed=7",
            "--report=" + folder.resolve("new/folder/r.json")));
    CommonOptions o = probe.options;
    assertEquals(folder, o.data());
    assertEquals(weights, o.weights());
    assertEquals(3, o.epochsOr(1));
    assertEquals(64, o.sizeOr(1));
    assertEquals(8, o.bsOr(1));
    assertEquals(7, o.seed());
    assertEquals(folder.resolve("new/folder/r.json"), o.report());
  }

  @Test
  void anExampleHasItsOwnDefaults() {
    assertEquals(0, run());
    assertEquals(4, probe.options.epochsOr(4));
    assertEquals(128, probe.options.sizeOr(128));
    assertEquals(16, probe.options.bsOr(16));
    assertEquals(42, probe.options.seed());
  }

  @Test
  void helpListsEveryOption() {
    assertEquals(0, run("--help"));
    for (String option :
        new String[] {
          "--data", "--weights", "--epochs", "--size", "--bs", "--seed", "--report", "--debug"
        }) {
      assertTrue(out.toString().contains(option), out::toString);
    }
    assertFalse(probe.ran);
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs, 0, '--epochs expects at least 1, got 0'",
    "--size, 31, '--size expects at least 32, got 31'",
    "--bs, 1, '--bs expects at least 2, got 1'",
    "--epochs, many, 'Invalid value for option ''--epochs'': ''many'' is not an int'",
    "--data, /no/such, '--data expects a folder, got /no/such (nothing there)'",
    "--weights, /no, '--weights expects a file that can be read, got /no (nothing there)'",
  })
  void badValuesAreOneLine(String option, String value, String expected) {
    assertRefused(expected, option, value);
  }

  @Test
  void unknownOptionIsOneLine() {
    assertRefused("Unknown option: '--epoch=3'", "--epoch=3");
  }

  @Test
  void wrongKindsOfFilesAreNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertRefused("--data expects a folder, got " + file + " (a file)", "--data", file.toString());
  }

  @Test
  void aReportThatCannotBeWrittenIsFoundBeforeTheWork() throws IOException {
    Path below = Files.createFile(folder.resolve("file")).resolve("r.json");
    assertRefused(
        "--report expects a file that can be written, got " + below + " (nothing there)",
        "--report",
        below.toString());
  }

  @Test
  void stackTraceOnlyOnDemand() {
    probe.failure = new IllegalStateException("loss is NaN\nat batch 3");
    assertEquals(1, run());
    assertEquals(
        "examples/run probe: IllegalStateException: loss is NaN at batch 3",
        err.toString().strip());
    assertEquals(1, run("--debug"));
    assertTrue(err.toString().contains("\tat org.onecycle"), err::toString);
  }
}
