package org.onecycle.tabular;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.dflib.Series;

/**
 * The columns of a table that go into a model, by name: categorical ones as objects, continuous
 * ones as numbers, in which a gap is NaN.
 */
final class Cells {
  private final int rows;
  private final Map<String, Object[]> cats = new LinkedHashMap<>();
  private final Map<String, double[]> conts = new LinkedHashMap<>();

  Cells(int rows) {
    this.rows = rows;
  }

  static Cells read(DataFrame df, List<String> catNames, List<String> contNames) {
    Cells cells = new Cells(df.height());
    for (String name : catNames) {
      Series<?> column = Tables.column(df, name);
      Object[] values = new Object[cells.rows];
      Arrays.setAll(values, column::get);
      cells.cats.put(name, values);
    }
    for (String name : contNames) {
      cells.conts.put(name, numbers(df, name));
    }
    return cells;
  }

  /** Reads a column of numbers; text that is one will do. */
  static double[] numbers(DataFrame df, String name) {
    Series<?> column = Tables.column(df, name);
    double[] out = new double[column.size()];
    for (int r = 0; r < out.length; r++) {
      out[r] = number(column.get(r), name, r);
    }
    return out;
  }

  private static double number(Object v, String name, int row) {
    Double d = number(v);
    if (d == null) {
      throw new IllegalArgumentException(
          "column %s, row %d: expected a number, got '%s'".formatted(name, row, v));
    }
    return d;
  }

  /** Returns the number that a cell holds, NaN for a gap, null for what is none. */
  static Double number(Object v) {
    if (Tables.isGap(v) || v instanceof String s && s.isBlank()) {
      return Double.NaN;
    }
    Double d = null;
    if (v instanceof Number n) {
      d = n.doubleValue();
    } else if (v instanceof Boolean b) {
      d = b ? 1.0 : 0;
    } else if (v instanceof String s) {
      d = Tables.asNumber(s);
    }
    return d == null || d.isInfinite() ? null : d;
  }

  int rows() {
    return rows;
  }

  Map<String, Object[]> cats() {
    return cats;
  }

  Map<String, double[]> conts() {
    return conts;
  }

  /** The given rows, copied. */
  Cells select(int... chosen) {
    Cells out = new Cells(chosen.length);
    cats.forEach(
        (name, v) -> {
          Object[] to = new Object[chosen.length];
          Arrays.setAll(to, i -> v[chosen[i]]);
          out.cats.put(name, to);
        });
    conts.forEach(
        (name, v) -> out.conts.put(name, Arrays.stream(chosen).mapToDouble(i -> v[i]).toArray()));
    return out;
  }

  /** A table of these columns, categorical ones first. */
  DataFrame toFrame() {
    Map<String, Object[]> columns = new LinkedHashMap<>(cats);
    conts.forEach((name, v) -> columns.put(name, Arrays.stream(v).boxed().toArray()));
    return Tables.ofColumns(columns);
  }
}
