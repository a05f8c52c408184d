package org.onecycle.tabular;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onecycle.data.Row;
import org.onecycle.data.Split;
import org.onecycle.data.Transform;
import org.onecycle.io.Exportable;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/** Numbers the categorical columns of a row; decodes to labels by column. */
@SuppressWarnings("rawtypes") // A Class<Map<?, ?>> does not exist.
final class CatsOfRow implements Transform<Map, long[]>, Exportable {
  static final String NAME = "tabular.cats_of_row";

  private final List<String> names;
  private volatile Categorify.FittedCategorify fitted;

  CatsOfRow(List<String> names) {
    this.names = names;
  }

  static CatsOfRow of(JsonNode s) {
    CatsOfRow made = new CatsOfRow(Json.texts(s, "names"));
    made.fitted = Json.piece(s, "step", Categorify.FittedCategorify.class);
    return made;
  }

  @Override
  public Spec spec() {
    ObjectNode s = Spec.object();
    s.set("names", Json.texts(names));
    s.set("step", fitted.spec().toJson());
    return new Spec(NAME, s);
  }

  @Override
  public Class<Map> accepts() {
    return Map.class;
  }

  @Override
  public Class<long[]> produces() {
    return long[].class;
  }

  @Override
  public void setup(Iterable<Map> training) {
    List<Object[]> rows = new ArrayList<>();
    for (Map<?, ?> row : training) {
      rows.add(names.stream().map(name -> Row.value(row, name)).toArray());
    }
    fitted = new Categorify().fit(cells(rows));
  }

  private Cells cells(List<Object[]> rows) {
    Cells cells = new Cells(rows.size());
    for (int c = 0; c < names.size(); c++) {
      int column = c;
      cells.cats().put(names.get(c), rows.stream().map(row -> row[column]).toArray());
    }
    return cells;
  }

  @Override
  public long[] encode(Map row, Split split, Rng rng) {
    Map<?, ?> values = row;
    Cells one =
        cells(List.<Object[]>of(names.stream().map(name -> Row.value(values, name)).toArray()));
    fitted.encode(one);
    return names.stream().mapToLong(name -> (Integer) one.cats().get(name)[0]).toArray();
  }

  @Override
  public Map<String, Object> decode(long[] codes) {
    Object[] row = new Object[codes.length];
    for (int c = 0; c < row.length; c++) {
      row[c] = (int) codes[c];
    }
    Cells one = cells(List.<Object[]>of(row));
    fitted.decode(one);
    Map<String, Object> labels = new LinkedHashMap<>();
    one.cats().forEach((name, values) -> labels.put(name, values[0]));
    return labels;
  }

  @Override
  public CatsOfRow fresh() {
    return new CatsOfRow(names);
  }

  /** Returns the number of values of each column, {@code #na#} among them. */
  List<Integer> sizes() {
    return names.stream().map(name -> fitted.maps().get(name).size()).toList();
  }
}
