package org.onecycle.show;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Where training shows how it goes: a table that grows by a row an epoch, and bars that come and
 * go. A notebook brings its own.
 */
public interface ProgressOutput {

  /** Starts a table. */
  void begin(List<String> columns);

  /** Adds a row to the table; it has as many cells as there are columns. */
  void row(List<String> cells);

  /** Starts a bar, which stands until it is closed. */
  Bar bar(String title, long steps);

  /** Shows a chart of the training so far, where there is a place for one; drawn when needed. */
  default void chart(Supplier<Chart> chart) {}

  /** Ends what has been shown: what comes next is of another fit or validation. */
  default void end() {}

  /** A bar that fills. */
  interface Bar extends AutoCloseable {

    /** Moves on by one step and shows a short message behind the bar. */
    void step(String message);

    /** Returns whether anybody sees it: a message need not be made for a bar that nobody does. */
    default boolean isShown() {
      return true;
    }

    /** Takes the bar away. */
    @Override
    void close();
  }

  /** Returns a notebook's output, or rows and, if the program runs in a terminal, bars. */
  static ProgressOutput standard() {
    // A thread of a pool may have a context class loader that does not see the providers.
    Optional<ProgressOutput> provided =
        ServiceLoader.load(ProgressProvider.class, ProgressOutput.class.getClassLoader()).stream()
            .flatMap(p -> p.get().progress().stream())
            .findFirst();
    if (provided.isPresent()) {
      return provided.get();
    }
    PrintStream out = System.out;
    return Terminal.isInteractive() ? new TerminalProgress(out) : rows(out);
  }

  /** Returns the output of rows only, without bars. */
  static ProgressOutput rows(PrintStream out) {
    return new RowProgress(out);
  }

  /** Returns the output that shows nothing. */
  static ProgressOutput none() {
    return SilentProgress.INSTANCE;
  }

  /** Returns this output without its bars. */
  default ProgressOutput withoutBars() {
    ProgressOutput all = this;
    return new ProgressOutput() {
      @Override
      public void begin(List<String> columns) {
        all.begin(columns);
      }

      @Override
      public void row(List<String> cells) {
        all.row(cells);
      }

      @Override
      public Bar bar(String title, long steps) {
        return SilentProgress.INSTANCE;
      }

      @Override
      public void chart(Supplier<Chart> chart) {
        all.chart(chart);
      }

      @Override
      public void end() {
        all.end();
      }
    };
  }
}
