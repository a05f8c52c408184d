package org.onecycle.show;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/** Aligned rows, and below them a live bar with the rate and the time left. */
final class TerminalProgress implements ProgressOutput {
  private static final int UPDATE_MILLIS = 200;

  private final PrintStream out;
  private final RowProgress rows;

  TerminalProgress(PrintStream out) {
    this.out = out;
    rows = new RowProgress(out);
  }

  @Override
  public void begin(List<String> columns) {
    rows.begin(columns);
  }

  @Override
  public void row(List<String> cells) {
    rows.row(cells);
  }

  @Override
  public Bar bar(String title, long steps) {
    ProgressBar bar =
        ProgressBar.builder()
            .setTaskName(title)
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setConsumer(new SameLine(out))
            .setSpeedUnit(ChronoUnit.SECONDS)
            .showSpeed()
            .clearDisplayOnFinish()
            .build();
    return new Bar() {
      @Override
      public void step(String message) {
        bar.setExtraMessage(" " + message);
        bar.step();
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  /** Ends a bar without a new line, so that the row takes its place. */
  private static final class SameLine extends ConsoleProgressBarConsumer {
    private final PrintStream out;

    SameLine(PrintStream out) {
      super(out);
      this.out = out;
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
