package org.onecycle.callback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.onecycle.learner.Callback;
import org.onecycle.learner.EpochRecord;
import org.onecycle.learner.Learner;

/** Writes the rows of the progress table to a file of comma-separated values, row by row. */
public final class CsvLogger extends Callback {
  private static final int ORDER = 60;

  private final Path file;
  private final boolean append;
  private FileChannel out;

  /** Writes {@code history.csv} in the working directory, anew with each fit. */
  public CsvLogger() {
    this(Path.of("history.csv"), false);
  }

  /** Writes a file; with {@code append} the rows of earlier fits stay. */
  public CsvLogger(Path file, boolean append) {
    this.file = file;
    this.append = append;
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public void beforeFit(Learner learn) {
    if (learn.state().searching()) {
      run(false);
      return;
    }
    guarded(
        () -> {
          Path parent = file.toAbsolutePath().getParent();
          Files.createDirectories(parent);
          out =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
          if (out.size() == 0) {
            write(learn.recorder().columns());
          }
        });
  }

  @Override
  public void afterEpoch(Learner learn) {
    List<EpochRecord> history = learn.recorder().history();
    List<String> cells = learn.recorder().row(history.get(history.size() - 1));
    guarded(() -> write(cells));
  }

  private void write(List<String> cells) throws IOException {
    String line = cells.stream().map(CsvLogger::quoted).collect(Collectors.joining(",")) + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
    out.force(true);
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  @Override
  public void cleanup(Learner learn) {
    if (out != null) {
      guarded(out::close);
      out = null;
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void guarded(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
