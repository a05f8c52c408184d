package org.onecycle.tabular;

import java.util.List;
import org.onecycle.data.Datasets;
import org.onecycle.data.Transform;
import org.onecycle.data.TransformBlock;

/**
 * Blocks for columns of rows, so that they can stand beside other inputs (a picture, a text) in one
 * recipe. For tables alone {@link TabularData} is faster and knows more.
 *
 * <pre>{@code
 * var people =
 *     DataBlock.<DataFrame, Row>builder(df -> Tables.rows(df))
 *         .blocks(
 *             TabularBlock.cats("workclass", "race"),
 *             TabularBlock.conts("age", "fnlwgt"),
 *             CategoryBlock.of())
 *         .getY(ColReader.of("salary"))
 *         .build();
 * }</pre>
 */
public final class TabularBlock {
  private TabularBlock() {}

  /**
   * Categorical columns, numbered as {@link Categorify} does: INT64 {@code [N, columns]}. Gaps and
   * what no training row has are 0.
   */
  public static TransformBlock cats(String... names) {
    List<String> columns = List.of(names);
    return TransformBlock.of("TabularBlock.cats", () -> List.of(new CatsOfRow(columns))).madeOnce();
  }

  /**
   * Continuous columns, gaps filled with the median and scaled as {@link FillMissing} and {@link
   * Normalize} do: FLOAT {@code [N, columns]}.
   */
  public static TransformBlock conts(String... names) {
    List<String> columns = List.of(names);
    return TransformBlock.of("TabularBlock.conts", () -> List.of(new ContsOfRow(columns)))
        .madeOnce();
  }

  /**
   * Returns the embedding sizes of the categorical columns of some data, by the rule of {@link
   * EmbSz#of}.
   */
  public static List<EmbSz> embSzs(Datasets<?> data) {
    return data.columns().stream()
        .<Transform<?, ?>>flatMap(c -> c.transforms().transforms().stream())
        .filter(CatsOfRow.class::isInstance)
        .flatMap(t -> ((CatsOfRow) t).sizes().stream())
        .map(EmbSz::of)
        .toList();
  }
}
