package org.onecycle.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A vocabulary of labels: label to number and back.
 *
 * <p>Labels are kept as text, so that a vocabulary survives JSON unchanged; numbers are still
 * ordered as numbers. Gaps (null, NaN) are no labels.
 */
public final class CategoryMap {
  /** The label that stands for gaps and for labels never seen. */
  public static final String NA = "#na#";

  private final List<String> labels;
  private final Map<String, Integer> index = new LinkedHashMap<>();
  private final boolean na;

  private CategoryMap(List<String> labels, boolean na) {
    this.labels = List.copyOf(labels);
    this.na = na;
    for (String label : labels) {
      if (index.put(label, index.size()) != null) {
        throw new IllegalArgumentException("CategoryMap: label " + label + " occurs twice");
      }
    }
  }

  /** Distinct values, sorted, without {@link #NA}. */
  public static CategoryMap of(Collection<?> values) {
    return of(values, true, false);
  }

  /**
   * Distinct values.
   *
   * @param sort in natural order, otherwise in the order of appearance
   * @param addNa whether {@link #NA} stands at 0 and takes everything unseen
   */
  public static CategoryMap of(Collection<?> values, boolean sort, boolean addNa) {
    Set<Object> distinct = new LinkedHashSet<>();
    for (Object v : values) {
      if (!isGap(v)) {
        distinct.add(v);
      }
    }
    List<Object> ordered = new ArrayList<>(distinct);
    if (sort) {
      ordered.sort(NATURAL);
    }
    return withNa(ordered, addNa);
  }

  /**
   * Declared categories, in their order.
   *
   * @param strict keeps only the categories that occur among the values
   */
  public static CategoryMap declared(
      List<?> categories, Collection<?> values, boolean strict, boolean addNa) {
    List<Object> kept = new ArrayList<>(categories);
    if (strict) {
      kept.retainAll(new LinkedHashSet<>(values));
    }
    return withNa(kept, addNa);
  }

  /** A vocabulary read back from a file; it begins with {@link #NA} if it was made so. */
  public static CategoryMap ofLabels(List<String> labels) {
    return new CategoryMap(labels, !labels.isEmpty() && labels.get(0).equals(NA));
  }

  private static CategoryMap withNa(List<Object> values, boolean addNa) {
    List<String> labels = new ArrayList<>();
    if (addNa) {
      labels.add(NA);
    }
    values.forEach(v -> labels.add(String.valueOf(v)));
    return new CategoryMap(labels, addNa);
  }

  /**
   * Returns the number of a label.
   *
   * @throws IllegalArgumentException if the label is not in the vocabulary and there is no {@link
   *     #NA}
   */
  public int indexOf(Object label) {
    Integer i = isGap(label) ? null : index.get(String.valueOf(label));
    if (i != null) {
      return i;
    }
    if (na) {
      return 0;
    }
    throw new IllegalArgumentException(
        "label " + label + " is not in the vocabulary " + abridged() + " of the training items");
  }

  /** Returns the label of a number. */
  public String label(int i) {
    if (i < 0 || i >= labels.size()) {
      throw new IllegalArgumentException(
          "category " + i + " is outside the vocabulary of " + labels.size() + " labels");
    }
    return labels.get(i);
  }

  /** Returns the labels in the order of their numbers. */
  public List<String> labels() {
    return labels;
  }

  /** Returns the number of labels, {@link #NA} included. */
  public int size() {
    return labels.size();
  }

  private String abridged() {
    return labels.size() <= 20
        ? labels.toString()
        : labels.subList(0, 20) + " and " + (labels.size() - 20) + " more";
  }

  private static boolean isGap(Object v) {
    return v == null || v instanceof Double d && d.isNaN() || v instanceof Float f && f.isNaN();
  }

  private static final Comparator<Object> NATURAL =
      (a, b) -> {
        if (a instanceof Number x && b instanceof Number y) {
          return Double.compare(x.doubleValue(), y.doubleValue());
        }
        return String.valueOf(a).compareTo(String.valueOf(b));
      };
}
