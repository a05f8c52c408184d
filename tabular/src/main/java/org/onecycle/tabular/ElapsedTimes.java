package org.onecycle.tabular;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.dflib.Series;

/** The days since and until events, and their number near by. */
final class ElapsedTimes {
  private static final int WINDOW = 7;

  private final LocalDateTime[] dates;

  /** The rows of each base in the order of their dates. */
  private final List<List<Integer>> groups;

  ElapsedTimes(LocalDateTime[] dates, Series<?> base) {
    this.dates = dates;
    Map<Object, List<Integer>> rows = new LinkedHashMap<>();
    for (int r = 0; r < dates.length; r++) {
      rows.computeIfAbsent(base.get(r), k -> new ArrayList<>()).add(r);
    }
    groups = List.copyOf(rows.values());
    groups.forEach(g -> g.sort(Comparator.comparing(r -> dates[r])));
  }

  Map<String, Object[]> of(DataFrame df, List<String> events) {
    Map<String, Object[]> out = new LinkedHashMap<>();
    Map<String, boolean[]> truth = new LinkedHashMap<>();
    events.forEach(e -> truth.put(e, truth(df, e)));
    truth.forEach((e, t) -> out.put("After" + e, days(t, false)));
    truth.forEach((e, t) -> out.put("Before" + e, days(t, true)));
    truth.forEach((e, t) -> out.put(e + "_bw", counts(t, false)));
    truth.forEach((e, t) -> out.put(e + "_fw", counts(t, true)));
    return out;
  }

  private Object[] days(boolean[] event, boolean backwards) {
    Object[] out = new Object[event.length];
    for (List<Integer> rows : groups(backwards)) {
      LocalDateTime last = null;
      for (int r : rows) {
        last = event[r] ? dates[r] : last;
        out[r] = last == null ? 0 : (int) ChronoUnit.DAYS.between(last, dates[r]);
      }
    }
    return out;
  }

  private Object[] counts(boolean[] event, boolean backwards) {
    Object[] out = new Object[event.length];
    for (List<Integer> rows : groups(backwards)) {
      int count = 0;
      for (int i = 0; i < rows.size(); i++) {
        count += event[rows.get(i)] ? 1 : 0;
        count -= i >= WINDOW && event[rows.get(i - WINDOW)] ? 1 : 0;
        out[rows.get(i)] = count;
      }
    }
    return out;
  }

  private List<List<Integer>> groups(boolean backwards) {
    if (!backwards) {
      return groups;
    }
    List<List<Integer>> turned = new ArrayList<>();
    for (List<Integer> rows : groups) {
      List<Integer> copy = new ArrayList<>(rows);
      Collections.reverse(copy);
      turned.add(copy);
    }
    return turned;
  }

  private static boolean[] truth(DataFrame df, String column) {
    Series<?> values = Tables.column(df, column);
    boolean[] out = new boolean[values.size()];
    for (int r = 0; r < out.length; r++) {
      Object v = values.get(r);
      if (v instanceof Boolean b) {
        out[r] = b;
      } else if (v instanceof Number n) {
        out[r] = n.doubleValue() != 0 && !Tables.isGap(v);
      } else if (v != null) {
        throw new IllegalArgumentException(
            "column %s, row %d: expected true or false, got '%s'".formatted(column, r, v));
      }
    }
    return out;
  }
}
