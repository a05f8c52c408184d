package org.onecycle.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dflib.DataFrame;
import org.onecycle.show.Html;

/** A table of DFLib as HTML: its first and last rows, and its size. */
final class FrameTable {
  private static final int EDGE = 5;
  private static final int WHOLE = 2 * EDGE + 2;

  private FrameTable() {}

  static String html(DataFrame df) {
    List<String> columns = new ArrayList<>(List.of(""));
    for (String name : df.getColumnsIndex()) {
      columns.add(name);
    }
    List<List<String>> rows = new ArrayList<>();
    boolean whole = df.height() <= WHOLE;
    for (int r = 0; r < df.height(); r++) {
      if (whole || r < EDGE || r >= df.height() - EDGE) {
        rows.add(row(df, r));
      } else if (r == EDGE) {
        rows.add(columns.stream().map(c -> "...").toList());
      }
    }
    String size = whole ? "" : "<p>%d rows x %d columns</p>\n".formatted(df.height(), df.width());
    return Html.table(columns, rows) + size;
  }

  private static List<String> row(DataFrame df, int r) {
    List<String> cells = new ArrayList<>(List.of(Integer.toString(r)));
    for (int c = 0; c < df.width(); c++) {
      cells.add(cell(df.getColumn(c).get(r)));
    }
    return cells;
  }

  private static String cell(Object value) {
    if (value instanceof Double || value instanceof Float) {
      double d = ((Number) value).doubleValue();
      return d == Math.rint(d) && Math.abs(d) < 1e9
          ? String.format(Locale.ROOT, "%.1f", d)
          : String.format(Locale.ROOT, "%.6g", d);
    }
    return value == null ? "" : value.toString();
  }
}
