package org.onecycle.notebook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onecycle.data.Sample;
import org.onecycle.show.Html;

/** Samples that are no pictures, as a table. */
final class SampleTable {
  private static final int LONGEST = 400;

  private final List<Map<String, String>> rows = new ArrayList<>();

  private SampleTable() {}

  static SampleTable of(List<Sample> samples) {
    SampleTable table = new SampleTable();
    samples.forEach(s -> table.rows.add(row(s)));
    return table;
  }

  static SampleTable of(List<Sample> actual, List<Sample> said) {
    SampleTable table = of(actual);
    for (int i = 0; i < said.size(); i++) {
      members(table.rows.get(i), "predicted", said.get(i).targets());
    }
    return table;
  }

  private static Map<String, String> row(Sample sample) {
    Map<String, String> row = new LinkedHashMap<>();
    members(row, "input", sample.inputs());
    members(row, "target", sample.targets());
    return row;
  }

  private static void members(Map<String, String> row, String name, List<Object> members) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i) instanceof Map<?, ?> columns) {
        columns.forEach((column, v) -> row.put(String.valueOf(column), cell(v)));
      } else {
        row.put(members.size() == 1 ? name : name + " " + (i + 1), cell(members.get(i)));
      }
    }
  }

  private static String cell(Object value) {
    String text = FrameTable.cell(value);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  private List<String> columns() {
    return rows.isEmpty() ? List.of() : List.copyOf(rows.get(0).keySet());
  }

  String toHtml() {
    return Html.table(columns(), rows.stream().map(r -> List.copyOf(r.values())).toList());
  }

  @Override
  public String toString() {
    StringBuilder s = new StringBuilder();
    rows.forEach(r -> s.append(r).append('\n'));
    return s.toString();
  }
}
