package org.onecycle.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads a column of a row: a {@link Row} or any map by column.
 *
 * <p>An item that is no row stands for the value itself, so that a model that has learnt from a
 * table can be asked about a text or a file alone.
 *
 * @param column name of the column
 * @param pref stands before the value
 * @param suff stands behind the value
 * @param labelDelim separates the labels of a cell, which becomes a list; empty for one value
 */
public record ColReader(String column, String pref, String suff, String labelDelim)
    implements Function<Object, Object> {

  /** Reads a column as it is. */
  public static ColReader of(String column) {
    return new ColReader(column, "", "", "");
  }

  /** This reader with text before the value. */
  public ColReader pref(String value) {
    return new ColReader(column, value, suff, labelDelim);
  }

  /** This reader with text behind the value, such as {@code .jpg}. */
  public ColReader suff(String value) {
    return new ColReader(column, pref, value, labelDelim);
  }

  /** This reader, that makes a list of the labels of a cell; an empty cell has none. */
  public ColReader labelDelim(String value) {
    return new ColReader(column, pref, suff, value);
  }

  /**
   * Reads the column.
   *
   * @throws IllegalArgumentException naming the row, if it has no such column or a gap there
   */
  @Override
  public Object apply(Object item) {
    if (!(item instanceof Map<?, ?> row)) {
      return item;
    }
    Object value = Row.value(row, column);
    if (!labelDelim.isEmpty()) {
      String cell = value == null ? "" : pref + value + suff;
      return cell.isEmpty() ? List.of() : List.of(cell.split(Pattern.quote(labelDelim)));
    }
    if (value == null) {
      throw new IllegalArgumentException(where(row) + ": expected a value, got a gap");
    }
    return pref.isEmpty() && suff.isEmpty() ? value : pref + value + suff;
  }

  /** Reads the column as the name of a file in a folder. */
  public Function<Object, Object> in(Path folder) {
    return item -> {
      if (!(item instanceof Map<?, ?> row)) {
        return item;
      }
      String name = String.valueOf(apply(row));
      if (name.isBlank()) {
        throw new IllegalArgumentException(where(row) + ": expected the name of a file, got none");
      }
      return folder.resolve(name);
    };
  }

  /**
   * Reads the column as a number.
   *
   * @return a function that throws IllegalArgumentException naming row, column and value, if it is
   *     none
   */
  public Function<Object, Object> number() {
    return item -> {
      Object value = apply(item);
      if (value instanceof String text && item instanceof Map<?, ?> row) {
        try {
          return Double.valueOf(text.strip());
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException(
              where(row) + ": expected a number, got '" + text + "'", e);
        }
      }
      return value;
    };
  }

  private String where(Map<?, ?> row) {
    return Row.name(row) + ", column " + column;
  }
}
