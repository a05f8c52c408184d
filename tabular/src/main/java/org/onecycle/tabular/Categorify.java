package org.onecycle.tabular;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.onecycle.data.CategoryMap;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;

/**
 * Numbers the values of categorical columns: 0 is {@code #na#}, for gaps and for what the training
 * rows do not have; the others are counted from 1 in their natural order.
 */
public final class Categorify extends TabularProc {
  private final Map<String, List<?>> categories;

  /** Takes the values from the training rows. */
  public Categorify() {
    this(Map.of());
  }

  private Categorify(Map<String, List<?>> categories) {
    this.categories = categories;
  }

  /** Declares a column's values, in their order (H, M, L); all of them are known, seen or not. */
  public Categorify withCategories(String column, List<?> values) {
    Map<String, List<?>> more = new LinkedHashMap<>(categories);
    more.put(column, values.stream().map(Categorify::canonical).toList());
    return new Categorify(more);
  }

  @Override
  int order() {
    return 1;
  }

  /** The same number is the same category, whether a reader took it for whole or not. */
  static Object canonical(Object v) {
    if (v instanceof Double || v instanceof Float) {
      double d = ((Number) v).doubleValue();
      return d == Math.rint(d) && Math.abs(d) < 1e15 ? (Object) (long) d : v;
    }
    return v;
  }

  @Override
  FittedCategorify fit(Cells train) {
    for (String name : categories.keySet()) {
      if (!train.cats().containsKey(name)) {
        throw new IllegalArgumentException(
            "Categorify: there is no categorical column "
                + name
                + ", there are "
                + train.cats().keySet());
      }
    }
    Map<String, CategoryMap> maps = new LinkedHashMap<>();
    train
        .cats()
        .forEach(
            (name, values) -> {
              List<?> declared = categories.get(name);
              maps.put(
                  name,
                  declared == null
                      ? CategoryMap.of(withoutGaps(values), true, true)
                      : CategoryMap.declared(declared, List.of(), false, true));
            });
    return new FittedCategorify(maps);
  }

  private static List<Object> withoutGaps(Object... values) {
    return Arrays.stream(values).filter(v -> !Tables.isGap(v)).map(Categorify::canonical).toList();
  }

  /** The vocabularies by column. */
  record FittedCategorify(Map<String, CategoryMap> maps) implements Fitted {
    static final String NAME = "tabular.categorify";

    static FittedCategorify of(JsonNode s) {
      Map<String, CategoryMap> maps = new LinkedHashMap<>();
      JsonNode labels = s.path("labels");
      labels
          .fieldNames()
          .forEachRemaining(name -> maps.put(name, CategoryMap.ofLabels(Json.texts(labels, name))));
      return new FittedCategorify(maps);
    }

    @Override
    public Spec spec() {
      ObjectNode s = Spec.object();
      ObjectNode all = s.putObject("labels");
      maps.forEach((name, map) -> all.set(name, Json.texts(map.labels())));
      return new Spec(NAME, s);
    }

    @Override
    public void encode(Cells cells) {
      each(cells, (map, value) -> map.indexOf(canonical(value)));
    }

    @Override
    public void decode(Cells cells) {
      each(cells, (map, value) -> map.label((Integer) value));
    }

    private void each(Cells cells, BiFunction<CategoryMap, Object, Object> step) {
      cells
          .cats()
          .forEach(
              (name, values) -> {
                CategoryMap map = maps.get(name);
                Arrays.setAll(values, r -> step.apply(map, values[r]));
              });
    }
  }
}
