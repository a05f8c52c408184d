package org.onecycle.tabular;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dflib.DataFrame;
import org.onecycle.data.HostArray;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;

/**
 * What it takes to make rows ready for a model, as it was learnt from the training rows.
 *
 * @param readCats the categorical columns that a table has
 * @param contNames the continuous columns
 * @param catNames the categorical columns that the model sees, {@code _na} columns among them
 * @param fitted the steps in their order
 * @param target the target
 */
record Preparation(
    List<String> readCats,
    List<String> contNames,
    List<String> catNames,
    List<TabularProc.Fitted> fitted,
    Target target) {

  Preparation {
    readCats = List.copyOf(readCats);
    contNames = List.copyOf(contNames);
    catNames = List.copyOf(catNames);
    fitted = List.copyOf(fitted);
  }

  /** Reads what {@link #toJson} has written. */
  static Preparation of(JsonNode s) {
    return new Preparation(
        Json.texts(s, "cats"),
        Json.texts(s, "conts"),
        Json.texts(s, "columns"),
        Json.pieces(s, "steps", TabularProc.Fitted.class),
        Target.of(s.path("target")));
  }

  ObjectNode toJson() {
    ObjectNode s = Spec.object();
    s.set("cats", Json.texts(readCats));
    s.set("conts", Json.texts(contNames));
    s.set("columns", Json.texts(catNames));
    s.set("steps", Json.specs(fitted));
    s.set("target", target.toJson());
    return s;
  }

  <F extends TabularProc.Fitted> Optional<F> find(Class<F> kind) {
    return fitted.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** Prepares the columns of a table. */
  Cells encode(DataFrame df) {
    Cells cells = Cells.read(df, readCats, contNames);
    fitted.forEach(f -> f.encode(cells));
    return cells;
  }

  /** Undoes {@link #encode} for a table of what it makes. */
  DataFrame decode(DataFrame processed) {
    Cells cells = Cells.read(processed, catNames, contNames);
    cells.cats().replaceAll((name, v) -> integers(name, v));
    return decoded(cells).toFrame();
  }

  private static Object[] integers(String name, Object... values) {
    return IntStream.range(0, values.length)
        .mapToObj(r -> (Object) (int) code(values[r], name, r))
        .toArray();
  }

  /** Undoes the steps, in place. */
  Cells decoded(Cells cells) {
    for (int i = fitted.size() - 1; i >= 0; i--) {
      fitted.get(i).decode(cells);
    }
    return cells;
  }

  /** The cells of matrices. */
  Cells cells(int count, HostArray cats, HostArray conts) {
    Cells out = new Cells(count);
    for (int c = 0; c < catNames.size(); c++) {
      int column = c;
      Object[] v = new Object[count];
      Arrays.setAll(v, r -> (int) cats.longs()[r * catNames.size() + column]);
      out.cats().put(catNames.get(c), v);
    }
    for (int c = 0; c < contNames.size(); c++) {
      int column = c;
      double[] v = new double[count];
      Arrays.setAll(v, r -> conts.floats()[r * contNames.size() + column]);
      out.conts().put(contNames.get(c), v);
    }
    return out;
  }

  /** Prepares all rows of a table. */
  Rows rows(DataFrame df, boolean withTargets) {
    int[] all = IntStream.range(0, df.height()).toArray();
    return rows(encode(df), withTargets ? df : null, all);
  }

  /** The matrices of prepared cells; messages name the rows as they were chosen of a table. */
  Rows rows(Cells cells, DataFrame df, int... chosen) {
    int n = cells.rows();
    boolean labelled = df != null && !target.names().isEmpty();
    return new Rows(
        n,
        catNames.isEmpty() ? null : HostArray.of(codes(cells, chosen), n, catNames.size()),
        contNames.isEmpty() ? null : HostArray.of(numbers(cells, chosen), n, contNames.size()),
        labelled ? target.encode(df, chosen) : null);
  }

  private long[] codes(Cells cells, int... chosen) {
    long[] out = new long[cells.rows() * catNames.size()];
    for (int c = 0; c < catNames.size(); c++) {
      Object[] v = cells.cats().get(catNames.get(c));
      for (int r = 0; r < v.length; r++) {
        out[r * catNames.size() + c] = code(v[r], catNames.get(c), chosen[r]);
      }
    }
    return out;
  }

  private static long code(Object v, String name, int row) {
    if (v instanceof Integer i && i >= 0) {
      return i;
    }
    Object whole = v instanceof Boolean b ? (Object) (b ? 1L : 0L) : Categorify.canonical(v);
    if (whole instanceof Number n && !(n instanceof Double) && n.longValue() >= 0) {
      return n.longValue();
    }
    throw new IllegalArgumentException(
        "column %s, row %d: expected the number of a category, got '%s'; Categorify makes them"
            .formatted(name, row, v));
  }

  private float[] numbers(Cells cells, int... chosen) {
    float[] out = new float[cells.rows() * contNames.size()];
    for (int c = 0; c < contNames.size(); c++) {
      double[] v = cells.conts().get(contNames.get(c));
      for (int r = 0; r < v.length; r++) {
        if (Double.isNaN(v[r])) {
          throw new IllegalArgumentException(
              "column %s, row %d: a gap, and no FillMissing to fill it"
                  .formatted(contNames.get(c), chosen[r]));
        }
        out[r * contNames.size() + c] = (float) v[r];
      }
    }
    return out;
  }
}
