package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Command(name = "failing")
  static final class Failing implements Callable<Integer> {
    @Option(names = "--epochs")
    private int epochs;

    private final Exception failure;

    Failing(Exception failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      if (epochs > 0) {
        return epochs;
      }
      throw failure;
    }
  }

  private int run(Exception failure, String... args) {
    CommandLine command = Main.commandLine().addSubcommand(new Failing(failure));
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    for (CommandLine child : command.getSubcommands().values()) {
      child.setOut(command.getOut()).setErr(command.getErr());
    }
    command.setParameterExceptionHandler(command.getParameterExceptionHandler());
    command.setExecutionExceptionHandler(command.getExecutionExceptionHandler());
    return command.execute(args);
  }

  private void assertOneLine(String expected) {
    assertEquals(expected, err.toString().strip());
    assertEquals(1, err.toString().lines().count());
  }

  @Test
  void helpListsTheExamples() {
    assertEquals(0, run(null, "--help"));
    assertTrue(out.toString().contains("failing"), out::toString);
  }

  @Test
  void exitCodeOfAnExampleIsKept() {
    assertEquals(7, run(null, "failing", "--epochs", "7"));
  }

  @Test
  void noNameIsOneLineAndExitCode2() {
    assertEquals(2, run(null));
    assertTrue(err.toString().contains("expected the name of an example"), err::toString);
  }

  @Test
  void unknownOptionIsOneLineAndExitCode2() {
    assertEquals(2, run(null, "failing", "--epoch", "3"));
    assertOneLine("examples/run failing: Unknown options: '--epoch', '3'");
  }

  @Test
  void missingFolderIsOneLineAndExitCode2() {
    assertEquals(
        2, run(new UncheckedIOException(new NoSuchFileException("/no/such/folder")), "failing"));
    assertOneLine("examples/run failing: NoSuchFileException: /no/such/folder");
  }

  @Test
  void badValueIsOneLineAndExitCode2() {
    assertEquals(2, run(new IllegalArgumentException("expected bs > 0, got -1"), "failing"));
    assertOneLine("examples/run failing: expected bs > 0, got -1");
  }

  @Test
  void otherFailureIsOneLineAndExitCode1() {
    assertEquals(1, run(new IllegalStateException("loss is NaN at batch 3"), "failing"));
    assertOneLine("examples/run failing: IllegalStateException: loss is NaN at batch 3");
  }
}
