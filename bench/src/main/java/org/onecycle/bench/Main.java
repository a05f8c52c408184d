package org.onecycle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import org.onecycle.bench.work.InputFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares Onecycle with others: {@code bench/run [NAME...] [--report FILE.json]}. */
@Command(
    name = "bench/run",
    description = {
      "Measures training steps of Onecycle beside libtorch (through DJL) and PyTorch (in Python),"
          + " on the same inputs, with as many threads, in turns.",
      "Without names all rows are measured. Run it on a machine that does nothing else."
    },
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  private static final int[] MATMUL = {1024, 1024, 1024};

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Rows to measure.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--report", paramLabel = "FILE.json", description = "Also write the figures.")
  private Path report;

  @Option(names = "--quick", description = "One short round a row: a look, not a measurement.")
  private boolean quick;

  @Option(names = "--list", description = "Show the rows there are.")
  private boolean list;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of each side; ${DEFAULT-VALUE} by default.")
  private int threads = Math.min(2, Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides the inputs; ${DEFAULT-VALUE} by default.")
  private long seed = 42;

  @Option(
      names = "--photos",
      paramLabel = "DIR",
      description = "JPEG files for the rows about pictures; drawn ones by default.")
  private Path photos;

  private Main() {}

  /**
   * Measures and exits: 0 done, 1 failed, 2 asked for something that is not there.
   *
   * @param args rows and options
   */
  public static void main(String... args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }

  @Override
  public Integer call() throws IOException {
    List<Row> rows = rows();
    if (threads < 1) {
      throw new ParameterException(spec.commandLine(), "--threads expects 1 or more");
    }
    if (photos != null && !Files.isDirectory(photos)) {
      throw new ParameterException(spec.commandLine(), "--photos: there is no folder " + photos);
    }
    if (photos != null && Photos.jpegs(photos).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--photos: there are no JPEG files below " + photos);
    }
    if (list) {
      rows.forEach(r -> System.out.printf("%-22s %s%n", r.id(), r.about()));
      return 0;
    }
    Path work = Files.createTempDirectory("onecycle-bench");
    try {
      measure(rows, work);
      return 0;
    } finally {
      FileUtils.deleteQuietly(work.toFile());
    }
  }

  private List<Row> rows() {
    Set<Row> rows = new LinkedHashSet<>();
    for (String name : names.isEmpty() ? Row.ids() : names) {
      try {
        rows.add(Row.of(name));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage());
      }
    }
    return List.copyOf(rows);
  }

  private void measure(List<Row> rows, Path work) throws IOException {
    long start = System.nanoTime();
    Commands commands =
        new Commands(Path.of(System.getProperty("onecycle.bench.root", ".")), threads);
    Effort effort = quick ? Effort.QUICK : Effort.FULL;
    Path peakInputs = Files.createDirectories(work.resolve("peak"));
    InputFolder.create(peakInputs).sizes("matmul", MATMUL).save();
    Table table = new Table(System.out);
    List<RowResult> results = new ArrayList<>();
    try (Worker peak =
        Worker.start(
            commands.worker(Side.ONECYCLE, "peak", peakInputs), peakInputs.resolve("log"))) {
      peak.run(3, 1);
      System.out.printf("%s, %d threads%n", Report.thisMachine(), threads);
      table.head();
      for (Row row : rows) {
        Path inputs = work.resolve(row.id());
        Inputs.write(row, seed, Photos.files(row, photos, work), inputs);
        RowResult result = Measurement.of(row, effort, commands, inputs, peak);
        table.row(result);
        results.add(result);
      }
    }
    table.summary(results);
    long seconds = Math.round((System.nanoTime() - start) / 1e9);
    System.out.printf("%d rows in %d s%n", results.size(), seconds);
    if (report != null) {
      new Report(Report.thisMachine(), threads, seed, quick, seconds, results).write(report);
    }
  }
}
