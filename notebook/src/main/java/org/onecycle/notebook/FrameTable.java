package org.onecycle.notebook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.dflib.DataFrame;
import org.onecycle.show.Html;

/** A table of DFLib as HTML: its first and last rows, and its size. */
final class FrameTable {
  private static final int EDGE = 5;
  private static final int DIGITS = 6;
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
    return Html.table(columns, rows) + (whole ? "" : "<p>" + size(df) + "</p>\n");
  }

  static String size(DataFrame df) {
    return "%d rows x %d columns".formatted(df.height(), df.width());
  }

  private static List<String> row(DataFrame df, int r) {
    List<String> cells = new ArrayList<>(List.of(Integer.toString(r)));
    for (int c = 0; c < df.width(); c++) {
      cells.add(cell(df.getColumn(c).get(r)));
    }
    return cells;
  }

  /** Returns a value as text; numbers with six digits, for a cell says how large, not what bits. */
  static String cell(Object value) {
    if (value instanceof Double || value instanceof Float) {
      double d = ((Number) value).doubleValue();
      if (!Double.isFinite(d)) {
        return value.toString();
      }
      BigDecimal rounded = new BigDecimal(d).round(new MathContext(DIGITS)).stripTrailingZeros();
      return rounded.scale() < 1 && Math.abs(d) < 1e9
          ? rounded.setScale(1, RoundingMode.UNNECESSARY).toPlainString()
          : Math.abs(d) < 1e-4 || Math.abs(d) >= 1e9 ? rounded.toString() : rounded.toPlainString();
    }
    return value == null ? "" : value.toString();
  }
}
