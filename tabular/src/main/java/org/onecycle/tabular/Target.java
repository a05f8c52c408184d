package org.onecycle.tabular;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.onecycle.data.CategoryMap;
import org.onecycle.data.HostArray;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;

/**
 * The target columns.
 *
 * @param names of the columns; none for a table that is only prepared
 * @param block what the target is
 * @param labels the classes, null where there are none
 */
record Target(List<String> names, YBlock block, CategoryMap labels) {

  static Target of(JsonNode s) {
    return new Target(
        Json.texts(s, "names"),
        YBlock.valueOf(s.path("block").asText()),
        s.has("labels") ? CategoryMap.ofLabels(Json.texts(s, "labels")) : null);
  }

  ObjectNode toJson() {
    ObjectNode s = Spec.object();
    s.set("names", Json.texts(names));
    s.put("block", block.name());
    if (labels != null) {
      s.set("labels", Json.texts(labels.labels()));
    }
    return s;
  }

  /** Learns the target from the training rows. */
  static Target fit(DataFrame df, int[] train, List<String> names, YBlock wanted) {
    if (names.isEmpty()) {
      return new Target(names, YBlock.REGRESSION, null);
    }
    YBlock block = wanted == null ? infer(df, names) : wanted;
    if (block == YBlock.REGRESSION) {
      return new Target(names, block, null);
    }
    if (names.size() > 1) {
      throw new IllegalArgumentException(
          "a category as target expects one column, got " + names + " (several must be numbers)");
    }
    Series<?> column = Tables.column(df, names.get(0));
    List<Object> values = new ArrayList<>();
    for (int r : train) {
      values.add(label(column, names.get(0), r));
    }
    CategoryMap labels = CategoryMap.of(values);
    if (labels.size() < 2) {
      throw new IllegalArgumentException(
          "column %s expects at least two classes among the %d training rows, got only '%s'"
              .formatted(names.get(0), train.length, labels.label(0)));
    }
    return new Target(names, block, labels);
  }

  private static YBlock infer(DataFrame df, List<String> names) {
    for (String name : names) {
      for (Object v : Tables.column(df, name)) {
        if (!Tables.isGap(v) && !(v instanceof Number)) {
          return YBlock.CATEGORY;
        }
      }
    }
    return YBlock.REGRESSION;
  }

  private static Object label(Series<?> column, String name, int row) {
    Object v = column.get(row);
    if (Tables.isGap(v)) {
      throw gap(name, row);
    }
    return Categorify.canonical(v);
  }

  private static IllegalArgumentException gap(String name, int row) {
    return new IllegalArgumentException(
        "column " + name + ", row " + row + ": the target has a gap");
  }

  /** Returns the classes in the order of their numbers; empty for numbers. */
  List<String> vocab() {
    return labels == null ? List.of() : labels.labels();
  }

  /** Returns the number of a model's outputs. */
  int outputs() {
    return labels == null ? names.size() : labels.size();
  }

  /** Returns the targets of some rows. */
  HostArray encode(DataFrame df, int... rows) {
    return labels == null ? numbers(df, rows) : classes(df, rows);
  }

  private HostArray classes(DataFrame df, int... rows) {
    String name = names.get(0);
    Series<?> column = Tables.column(df, name);
    long[] y = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      try {
        y[i] = labels.indexOf(label(column, name, rows[i]));
      } catch (IllegalArgumentException e) {
        throw e.getMessage().startsWith("column ")
            ? e
            : new IllegalArgumentException(
                "column %s, row %d: %s".formatted(name, rows[i], e.getMessage()), e);
      }
    }
    return HostArray.of(y, y.length);
  }

  private HostArray numbers(DataFrame df, int... rows) {
    int width = names.size();
    float[] y = new float[rows.length * width];
    for (int c = 0; c < width; c++) {
      double[] column = Cells.numbers(df, names.get(c));
      for (int i = 0; i < rows.length; i++) {
        if (Double.isNaN(column[rows[i]])) {
          throw gap(names.get(c), rows[i]);
        }
        y[i * width + c] = (float) column[rows[i]];
      }
    }
    return width == 1 ? HostArray.of(y, y.length) : HostArray.of(y, rows.length, width);
  }

  /** Returns columns of targets (or answers in their form) as a person reads them. */
  Map<String, Object[]> decode(double[] y, int rows) {
    Map<String, Object[]> out = new LinkedHashMap<>();
    for (int c = 0; c < names.size(); c++) {
      Object[] column = new Object[rows];
      for (int r = 0; r < rows; r++) {
        double v = y[r * names.size() + c];
        column[r] = labels == null ? (Object) v : labels.label((int) v);
      }
      out.put(names.get(c), column);
    }
    return out;
  }
}
