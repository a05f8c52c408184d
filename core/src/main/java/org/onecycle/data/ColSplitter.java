package org.onecycle.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The rows whose column says so validate.
 *
 * @param column name of the column
 * @param on the values that validate; none for a column that is true or false
 */
record ColSplitter(String column, List<Object> on) implements Splitter<Map<String, ?>> {
  private static final Set<String> TRUE = Set.of("true", "1", "1.0");
  private static final Set<String> FALSE = Set.of("false", "0", "0.0");

  @Override
  public Splits split(List<? extends Map<String, ?>> rows) {
    boolean[] valid = new boolean[rows.size()];
    for (int i = 0; i < valid.length; i++) {
      Object value = Row.value(rows.get(i), column);
      valid[i] =
          on.isEmpty()
              ? isTrue(rows.get(i), value)
              : on.stream().anyMatch(wanted -> same(wanted, value));
    }
    return Splitters.where(valid.length, i -> valid[i]);
  }

  private boolean isTrue(Map<String, ?> row, Object value) {
    String text = String.valueOf(value).strip().toLowerCase(Locale.ROOT);
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return TRUE.contains(text);
    }
    throw new IllegalArgumentException(
        "%s, column %s: expected true or false, got '%s'".formatted(Row.name(row), column, value));
  }

  private static boolean same(Object wanted, Object value) {
    return wanted instanceof Number a && value instanceof Number b
        ? a.doubleValue() == b.doubleValue()
        : String.valueOf(wanted).equals(String.valueOf(value));
  }
}
