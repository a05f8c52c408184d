package org.onecycle.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.dflib.row.RowProxy;
import org.onecycle.data.Batch;
import org.onecycle.data.HostArray;
import org.onecycle.data.HostBatch;
import org.onecycle.data.ItemReader;
import org.onecycle.data.Member;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Tensor;

/** Reads rows, each a Map by column, as the training rows were read. */
final class RowReader implements ItemReader {
  static final String NAME = "tabular.rows";

  private final Preparation preparation;

  RowReader(Preparation preparation) {
    this.preparation = preparation;
  }

  Preparation preparation() {
    return preparation;
  }

  @Override
  public Spec spec() {
    return new Spec(NAME, preparation.toJson());
  }

  @Override
  public Batch read(List<?> items) {
    Rows rows = preparation.rows(table(items), false);
    int[] indices = new int[rows.count()];
    Arrays.setAll(indices, i -> i);
    List<HostArray> arrays = List.of(rows.arrays());
    List<Member> kinds = new ArrayList<>();
    arrays.forEach(a -> kinds.add(new Member(HostArray.class, HostArray.zeros(a.dtype()))));
    return new HostBatch(arrays, kinds, arrays.size(), indices).toBatch();
  }

  /** The first target, as a person reads it. */
  @Override
  public Object decode(Tensor answer) {
    return preparation.target().decode(answer.toDoubles(), 1).values().iterator().next()[0];
  }

  @Override
  public List<String> vocab() {
    return preparation.target().vocab();
  }

  /** A table of rows. */
  static DataFrame table(List<?> rows) {
    return Tables.ofRows(rows.stream().map(RowReader::byColumn).toList());
  }

  private static Map<String, Object> byColumn(Object item) {
    Map<String, Object> row = new LinkedHashMap<>();
    if (item instanceof RowProxy r) {
      r.getIndex().forEach(name -> row.put(name, r.get(name)));
    } else if (item instanceof Map<?, ?> m) {
      m.forEach((name, v) -> row.put(String.valueOf(name), v));
    } else {
      throw new IllegalArgumentException(
          "expected a row (a Map by column) or a DataFrame, got "
              + (item == null ? "null" : item.getClass().getName()));
    }
    return row;
  }
}
