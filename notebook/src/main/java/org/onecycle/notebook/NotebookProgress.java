package org.onecycle.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.onecycle.show.Chart;
import org.onecycle.show.Html;
import org.onecycle.show.ProgressOutput;

/** One output of a cell with the rows so far, a live bar below them, and a chart if one is fed. */
final class NotebookProgress implements ProgressOutput {
  private static final long BAR_NANOS = 200_000_000L;
  private static final long PATIENCE_NANOS = 1_000_000_000L;
  private static final long CHART_NANOS = 1_000_000_000L;

  private final Kernel kernel;
  private final LongSupplier clock;
  private List<String> columns = List.of();
  private final List<List<String>> rows = new ArrayList<>();
  private String id;
  private NotebookBar bar;
  private Supplier<Chart> chart;
  private String drawn = "";
  private long drawnAt;
  private long shownAt;

  /**
   * Shows progress through a kernel.
   *
   * @param clock nanoseconds that rise
   */
  NotebookProgress(Kernel kernel, LongSupplier clock) {
    this.kernel = kernel;
    this.clock = clock;
  }

  @Override
  public void begin(List<String> names) {
    columns = List.copyOf(names);
    rows.clear();
    chart = null;
    drawn = "";
    id = kernel.display(shown());
    shownAt = clock.getAsLong();
  }

  @Override
  public void row(List<String> cells) {
    rows.add(List.copyOf(cells));
    show();
  }

  @Override
  public Bar bar(String title, long steps) {
    bar = new NotebookBar(this, title, steps, clock.getAsLong());
    if (id != null) {
      show();
    } else {
      // A bar alone that is gone at once would leave a hole in the page.
      shownAt = clock.getAsLong() + PATIENCE_NANOS;
    }
    return bar;
  }

  void stepped(NotebookBar stepping) {
    if (bar == stepping && clock.getAsLong() - shownAt >= BAR_NANOS) {
      show();
    }
  }

  void closed(NotebookBar closing) {
    if (bar == closing) {
      bar = null;
      if (id != null) {
        show();
      }
    }
  }

  @Override
  public void chart(Supplier<Chart> growing) {
    chart = growing;
    if (clock.getAsLong() - drawnAt >= CHART_NANOS) {
      draw();
      show();
    }
  }

  private void draw() {
    drawn = chart.get().toSvg();
    drawnAt = clock.getAsLong();
  }

  @Override
  public void end() {
    if (chart != null) {
      draw();
      show();
    }
    columns = List.of();
    rows.clear();
    chart = null;
    drawn = "";
    id = null;
  }

  private void show() {
    if (id == null) {
      id = kernel.display(shown());
    } else {
      kernel.update(id, shown());
    }
    shownAt = clock.getAsLong();
  }

  private Shown shown() {
    String table = columns.isEmpty() ? "" : Html.table(columns, rows);
    String live = bar == null ? "" : bar.html(clock.getAsLong());
    return Shown.html(table + live + drawn, text());
  }

  private String text() {
    StringBuilder s = new StringBuilder();
    if (!columns.isEmpty()) {
      line(s, columns);
      rows.forEach(r -> line(s, r));
    }
    if (bar != null) {
      s.append(bar.text(clock.getAsLong()));
    }
    return s.toString();
  }

  private void line(StringBuilder s, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      int width = Math.max(i == 0 ? 5 : 10, columns.get(i).length());
      s.append(String.format(Locale.ROOT, "%s%" + width + "s", i == 0 ? "" : "  ", cells.get(i)));
    }
    s.append('\n');
  }
}
