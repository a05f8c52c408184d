package org.onecycle.tabular;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.dflib.csv.Csv;
import org.onecycle.data.Row;

/** Reads tables as pandas does: gaps by their usual names, columns typed by what they hold. */
public final class Tables {
  private static final Set<String> GAPS =
      Set.of("", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "<NA>", "#N/A", "n/a");

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Tables() {}

  /**
   * Reads a CSV file in UTF-8 whose first line names the columns.
   *
   * @throws UncheckedIOException if it cannot be read
   * @throws IllegalArgumentException if it is not CSV, or naming the line that is not UTF-8
   */
  public static DataFrame readCsv(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      CharBuffer text = CharBuffer.allocate(bytes.length);
      CoderResult end = StandardCharsets.UTF_8.newDecoder().decode(rest, text, true);
      if (end.isError()) {
        throw new IllegalArgumentException(
            "%s, line %d: expected UTF-8, got the byte 0x%02x"
                .formatted(file, line(bytes, rest.position()), bytes[rest.position()]));
      }
      boolean marked = text.flip().length() > 0 && text.charAt(0) == BYTE_ORDER_MARK;
      String csv = text.subSequence(marked ? 1 : 0, text.length()).toString();
      return readCsv(new StringReader(csv), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static long line(byte[] bytes, int at) {
    return 1 + IntStream.range(0, at).filter(i -> bytes[i] == '\n').count();
  }

  /** Reads CSV text whose first line names the columns. */
  public static DataFrame readCsv(Reader in) {
    return readCsv(in, "the table");
  }

  private static DataFrame readCsv(Reader in, String name) {
    try {
      return inferTypes(Csv.loader().load(in));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(name + " is not CSV: " + e.getMessage(), e);
    }
  }

  /**
   * Types the columns of text: where every value is a whole number Long, a number Double, {@code
   * true} or {@code false} Boolean; gaps become null. Other columns stay as they are.
   */
  public static DataFrame inferTypes(DataFrame df) {
    String[] names = df.getColumnsIndex().toArray();
    Series<?>[] columns = new Series<?>[names.length];
    for (int c = 0; c < names.length; c++) {
      columns[c] = inferType(df.getColumn(names[c]));
    }
    return DataFrame.byColumn(names).of(columns);
  }

  private static Series<?> inferType(Series<?> column) {
    Object[] values = new Object[column.size()];
    boolean whole = true;
    boolean number = true;
    boolean truth = true;
    boolean empty = true;
    for (int i = 0; i < values.length; i++) {
      Object v = column.get(i);
      if (v instanceof String s) {
        String text = s.strip();
        if (GAPS.contains(text)) {
          continue;
        }
        empty = false;
        whole = whole && isWhole(text);
        number = number && (whole || asNumber(text) != null);
        truth = truth && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"));
        values[i] = s;
      } else if (v != null) {
        return column;
      }
    }
    if (!empty && (number || truth)) {
      for (int i = 0; i < values.length; i++) {
        if (values[i] != null) {
          values[i] = typed(((String) values[i]).strip(), whole, number);
        }
      }
    }
    return Series.of(values);
  }

  private static Object typed(String text, boolean whole, boolean number) {
    if (whole) {
      return Long.valueOf(text);
    }
    return number ? (Object) asNumber(text) : Boolean.valueOf(text);
  }

  private static boolean isWhole(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - from;
    // Nineteen digits may not fit a long.
    return digits > 0 && digits < 19 && text.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
  }

  /**
   * Returns the number a text stands for, or null; suffixes and hexadecimals are Java's, not ours.
   */
  static Double asNumber(String text) {
    String t = text.strip();
    if (t.isEmpty() || !t.chars().allMatch(c -> c < 128 && "0123456789+-.eE".indexOf(c) >= 0)) {
      return null;
    }
    try {
      return Double.valueOf(t);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Whether a value is a gap. */
  static boolean isGap(Object v) {
    return v == null || v instanceof Double d && d.isNaN() || v instanceof Float f && f.isNaN();
  }

  /**
   * Returns a column.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Series<?> column(DataFrame df, String name) {
    if (!df.getColumnsIndex().contains(name)) {
      throw new IllegalArgumentException(
          "expected a column "
              + name
              + ", the table has "
              + List.of(df.getColumnsIndex().toArray()));
    }
    return df.getColumn(name);
  }

  /** A table of the given rows; a column that no row names is not there. */
  static DataFrame ofRows(List<? extends Map<String, ?>> rows) {
    Map<String, Object[]> columns = new LinkedHashMap<>();
    for (int r = 0; r < rows.size(); r++) {
      for (Map.Entry<String, ?> e : rows.get(r).entrySet()) {
        columns.computeIfAbsent(e.getKey(), k -> new Object[rows.size()])[r] = e.getValue();
      }
    }
    return ofColumns(columns);
  }

  /** A table of the given columns. */
  static DataFrame ofColumns(Map<String, Object[]> columns) {
    return DataFrame.byColumn(columns.keySet().toArray(new String[0]))
        .of(columns.values().stream().map(Series::of).toArray(Series[]::new));
  }

  /**
   * Returns the rows of a table, for recipes of a {@link org.onecycle.data.DataBlock}, splitters
   * and readers of columns; each is read when it is asked for.
   */
  public static List<Row> rows(DataFrame df) {
    return new AbstractList<>() {
      @Override
      public Row get(int r) {
        return new Row("row " + r, row(df, r));
      }

      @Override
      public int size() {
        return df.height();
      }
    };
  }

  /** A row of a table by column. */
  static Map<String, Object> row(DataFrame df, int r) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (String name : df.getColumnsIndex()) {
      out.put(name, df.get(name, r));
    }
    return out;
  }
}
