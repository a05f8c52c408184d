package org.onecycle.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The examples by name: {@code examples/run NAME [options]}.
 *
 * <p>Exit codes: 0 done, 1 failed on the way, 2 asked for something that is not there. A failure is
 * one line on the error stream; {@code --debug} adds its stack trace.
 */
@Command(
    name = "examples/run",
    description = "Trains one of Onecycle's examples.",
    mixinStandardHelpOptions = true,
    version = "Onecycle examples 0.1.0",
    synopsisSubcommandLabel = "NAME",
    subcommandsRepeatable = false)
public final class Main implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Runs the example that the first argument names and exits with its code.
   *
   * @param args an example's name, then its options
   */
  public static void main(String... args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .addSubcommand(new SiameseExample())
        .addSubcommand(new PetsExample())
        .addSubcommand(new CamvidExample())
        .addSubcommand(new MnistExample())
        .addSubcommand(new HumanNumbersExample())
        .addSubcommand(new SmsExample())
        .addSubcommand(new ImdbExample())
        .addSubcommand(new AdultExample())
        .addSubcommand(new HousingExample())
        .addSubcommand(new MovielensExample())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, args) -> report(e.getCommandLine(), e))
        .setExecutionExceptionHandler((e, command, parsed) -> report(command, e));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected the name of an example, one of " + spec.subcommands().keySet());
  }

  private static int report(CommandLine command, Exception failure) {
    LOG.debug("{} failed", command.getCommandName(), failure);
    PrintWriter err = command.getErr();
    err.println(
        command.getCommandSpec().qualifiedName() + ": " + message(failure).replaceAll("\\R", " "));
    if (isOn(command, "--debug")) {
      failure.printStackTrace(err);
    }
    err.flush();
    return isUserError(failure) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }

  private static boolean isOn(CommandLine command, String option) {
    ParseResult parsed = command.getParseResult();
    return parsed != null && parsed.hasMatchedOption(option);
  }

  private static String message(Exception failure) {
    Throwable cause = failure;
    if (failure.getClass() == UncheckedIOException.class
        && failure.getCause().toString().equals(failure.getMessage())) {
      cause = failure.getCause();
    }
    String text = cause.getMessage();
    boolean plain =
        cause instanceof ParameterException
            || cause instanceof IllegalArgumentException
            || cause instanceof UncheckedIOException
            || cause.getClass().getName().startsWith("org.onecycle.");
    return plain && text != null ? text : cause.getClass().getSimpleName() + ": " + text;
  }

  private static boolean isUserError(Exception failure) {
    IOException io = failure instanceof UncheckedIOException u ? u.getCause() : null;
    if (failure instanceof IOException direct) {
      io = direct;
    }
    // Nothing is wrong with the command line when a file or a layer is: those have classes.
    return failure instanceof ParameterException
        || failure.getClass() == IllegalArgumentException.class
        || io instanceof NoSuchFileException
        || io instanceof NotDirectoryException;
  }
}
