package org.onecycle.data;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A row of a table by column, that knows where it comes from; immutable. */
public final class Row extends AbstractMap<String, Object> {
  private final String name;
  private final Map<String, Object> values;

  /**
   * Copies the values; null is a gap.
   *
   * @param name how errors call the row, such as {@code labels.csv, line 3}
   */
  public Row(String name, Map<String, ?> values) {
    this.name = name;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns how errors call the row. */
  public String name() {
    return name;
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return values.entrySet();
  }

  @Override
  public Object get(Object column) {
    return values.get(column);
  }

  @Override
  public boolean containsKey(Object column) {
    return values.containsKey(column);
  }

  /** Returns how errors call any row by column. */
  public static String name(Map<?, ?> row) {
    return row instanceof Row r ? r.name() : "row " + ItemDataset.name(row);
  }

  /**
   * Returns the value in a column of any row, null for a gap.
   *
   * @throws IllegalArgumentException naming the row and its columns, if there is no such column
   */
  public static Object value(Map<?, ?> row, String column) {
    if (!row.containsKey(column)) {
      throw new IllegalArgumentException(
          "%s: expected a column %s, there are %s".formatted(name(row), column, row.keySet()));
    }
    return row.get(column);
  }

  @Override
  public String toString() {
    return name + " " + values;
  }
}
