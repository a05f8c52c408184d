package org.onecycle.show;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows under each other, aligned to the right; what a log file can take. */
final class RowProgress implements ProgressOutput {
  private static final int NUMBER_WIDTH = 10;
  private static final int FIRST_WIDTH = 5;

  private final PrintStream out;
  private List<String> columns = List.of();

  RowProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin(List<String> names) {
    columns = List.copyOf(names);
    row(columns);
  }

  @Override
  public void row(List<String> cells) {
    out.println(
        IntStream.range(0, cells.size())
            .mapToObj(i -> pad(cells.get(i), width(i)))
            .collect(Collectors.joining("  ")));
    out.flush();
  }

  private int width(int i) {
    int least = i == 0 ? FIRST_WIDTH : NUMBER_WIDTH;
    return i < columns.size() ? Math.max(least, columns.get(i).length()) : least;
  }

  private static String pad(String cell, int width) {
    return " ".repeat(Math.max(0, width - cell.length())) + cell;
  }

  @Override
  public Bar bar(String title, long steps) {
    return SilentProgress.INSTANCE;
  }
}
