package org.onecycle.examples;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.onecycle.learner.EpochRecord;

/** Times a run and reports what it reached. */
final class RunLog {
  private static final double NANOS = 1e9;

  private final String example;
  private final long seed;
  private final PrintStream out;
  private final long start = System.nanoTime();

  RunLog(String example, long seed, PrintStream out) {
    this.example = example;
    this.seed = seed;
    this.out = out;
  }

  /** Prints the metrics, and writes the report unless its file is null. */
  void finish(List<EpochRecord> history, Map<String, Double> metrics, Path file) {
    List<Report.Epoch> epochs = new ArrayList<>();
    for (EpochRecord e : history) {
      epochs.add(
          new Report.Epoch(epochs.size(), e.trainLoss(), e.validLoss(), e.metrics(), e.seconds()));
    }
    double seconds = (System.nanoTime() - start) / NANOS;
    Double peak = Report.peakRss();
    String reached =
        metrics.entrySet().stream()
            .map(m -> String.format(Locale.ROOT, "%s %.4f", m.getKey(), m.getValue()))
            .collect(Collectors.joining(", "));
    out.printf(
        Locale.ROOT,
        "%s: %s after %.0f s%s%n",
        example,
        reached,
        seconds,
        peak == null ? "" : String.format(Locale.ROOT, ", at most %.0f MiB", peak));
    if (file != null) {
      new Report(example, seed, epochs, metrics, seconds, peak).write(file);
      out.println("Report: " + file);
    }
  }
}
