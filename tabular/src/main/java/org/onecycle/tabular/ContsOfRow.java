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

/** Fills and scales the continuous columns of a row; decodes to numbers by column. */
@SuppressWarnings("rawtypes") // A Class<Map<?, ?>> does not exist.
final class ContsOfRow implements Transform<Map, float[]>, Exportable {
  static final String NAME = "tabular.conts_of_row";

  private final List<String> names;
  private volatile List<TabularProc.Fitted> steps = List.of();

  ContsOfRow(List<String> names) {
    this.names = names;
  }

  static ContsOfRow of(JsonNode s) {
    ContsOfRow made = new ContsOfRow(Json.texts(s, "names"));
    made.steps = Json.pieces(s, "steps", TabularProc.Fitted.class);
    return made;
  }

  @Override
  public Spec spec() {
    ObjectNode s = Spec.object();
    s.set("names", Json.texts(names));
    s.set("steps", Json.specs(steps));
    return new Spec(NAME, s);
  }

  @Override
  public Class<Map> accepts() {
    return Map.class;
  }

  @Override
  public Class<float[]> produces() {
    return float[].class;
  }

  @Override
  public void setup(Iterable<Map> training) {
    List<double[]> rows = new ArrayList<>();
    for (Map<?, ?> row : training) {
      rows.add(numbers(row));
    }
    Cells cells = cells(rows);
    TabularProc.Fitted fill = new FillMissing().withAddCol(false).fit(cells);
    fill.encode(cells);
    steps = List.of(fill, new Normalize().fit(cells));
  }

  private double[] numbers(Map<?, ?> row) {
    double[] out = new double[names.size()];
    for (int c = 0; c < out.length; c++) {
      Object value = Row.value(row, names.get(c));
      Double number = Cells.number(value);
      if (number == null) {
        throw new IllegalArgumentException(
            "%s, column %s: expected a number, got '%s'"
                .formatted(Row.name(row), names.get(c), value));
      }
      out[c] = number;
    }
    return out;
  }

  private Cells cells(List<double[]> rows) {
    Cells cells = new Cells(rows.size());
    for (int c = 0; c < names.size(); c++) {
      int column = c;
      cells.conts().put(names.get(c), rows.stream().mapToDouble(row -> row[column]).toArray());
    }
    return cells;
  }

  @Override
  public float[] encode(Map row, Split split, Rng rng) {
    Map<?, ?> values = row;
    Cells one = cells(List.of(numbers(values)));
    steps.forEach(step -> step.encode(one));
    float[] out = new float[names.size()];
    for (int c = 0; c < out.length; c++) {
      out[c] = (float) one.conts().get(names.get(c))[0];
    }
    return out;
  }

  @Override
  public Map<String, Double> decode(float[] scaled) {
    double[] row = new double[scaled.length];
    for (int c = 0; c < row.length; c++) {
      row[c] = scaled[c];
    }
    Cells one = cells(List.of(row));
    for (int s = steps.size() - 1; s >= 0; s--) {
      steps.get(s).decode(one);
    }
    Map<String, Double> numbers = new LinkedHashMap<>();
    one.conts().forEach((name, values) -> numbers.put(name, values[0]));
    return numbers;
  }

  @Override
  public ContsOfRow fresh() {
    return new ContsOfRow(names);
  }
}
