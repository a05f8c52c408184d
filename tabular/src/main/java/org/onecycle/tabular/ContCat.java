package org.onecycle.tabular;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dflib.DataFrame;
import org.dflib.Series;

/**
 * Which columns of a table are continuous and which categorical.
 *
 * @param cont names of the continuous columns
 * @param cat names of the categorical columns
 */
public record ContCat(List<String> cont, List<String> cat) {
  private static final int MAX_CARD = 20;

  /** Copies the lists. */
  public ContCat {
    cont = List.copyOf(cont);
    cat = List.copyOf(cat);
  }

  /** As {@link #contCatSplit(DataFrame, int, String...)} with at most 20 values. */
  public static ContCat contCatSplit(DataFrame df, String... targets) {
    return contCatSplit(df, MAX_CARD, targets);
  }

  /**
   * Sorts the columns: numbers with a fraction are continuous, whole numbers if they take more than
   * {@code maxCard} values, everything else is categorical.
   *
   * @param targets columns to leave out
   */
  public static ContCat contCatSplit(DataFrame df, int maxCard, String... targets) {
    for (String t : targets) {
      Tables.column(df, t);
    }
    Set<String> out = Set.of(targets);
    List<String> cont = new ArrayList<>();
    List<String> cat = new ArrayList<>();
    for (String name : df.getColumnsIndex()) {
      if (!out.contains(name)) {
        (isContinuous(df.getColumn(name), maxCard) ? cont : cat).add(name);
      }
    }
    return new ContCat(cont, cat);
  }

  private static boolean isContinuous(Series<?> column, int maxCard) {
    Set<Object> distinct = new HashSet<>();
    boolean whole = true;
    for (Object v : column) {
      if (Tables.isGap(v)) {
        continue;
      }
      if (!(v instanceof Number)) {
        return false;
      }
      whole = whole && !(v instanceof Double || v instanceof Float);
      distinct.add(v);
    }
    return !distinct.isEmpty() && (!whole || distinct.size() > maxCard);
  }
}
