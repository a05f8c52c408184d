package org.onecycle.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/** Turns collections of labels into numbers with a vocabulary taken from the training items. */
@SuppressWarnings("rawtypes") // A Class<Collection<?>> does not exist.
public final class MultiCategorize
    implements Transform<Collection, MultiCategory>, HasVocab, Exportable {
  private final LearntLabels labels;

  /** Sorted labels; one that the training items do not have is an error. */
  public MultiCategorize() {
    this.labels = new LearntLabels(this, null);
  }

  /** A vocabulary known beforehand; the training items do not change it. */
  public MultiCategorize(CategoryMap map) {
    this.labels = new LearntLabels(this, map);
  }

  @Override
  public Class<Collection> accepts() {
    return Collection.class;
  }

  @Override
  public Class<MultiCategory> produces() {
    return MultiCategory.class;
  }

  @Override
  public int order() {
    return 1;
  }

  @Override
  public void setup(Iterable<Collection> training) {
    if (!labels.known()) {
      List<Object> all = new ArrayList<>();
      for (Collection<?> some : training) {
        all.addAll(some);
      }
      labels.learnt(CategoryMap.of(all));
    }
  }

  @Override
  public MultiCategorize fresh() {
    return labels.known() ? this : new MultiCategorize();
  }

  @Override
  public MultiCategory encode(Collection some, Split split, Rng rng) {
    List<Integer> indices = new ArrayList<>();
    for (Object label : some) {
      indices.add(labels.map().indexOf(label));
    }
    return new MultiCategory(indices);
  }

  @Override
  public MultiLabel decode(MultiCategory category) {
    return new MultiLabel(category.indices().stream().map(labels.map()::label).toList());
  }

  @Override
  public List<String> vocab() {
    return labels.vocab();
  }

  @Override
  public Spec spec() {
    return labels.spec("data.multi_categorize");
  }
}
