package org.onecycle.data;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/** Turns labels into numbers with a vocabulary taken from the training items. */
public final class Categorize implements Transform<Object, Category>, HasVocab, Exportable {
  private final boolean sort;
  private final boolean addNa;
  private final LearntLabels labels;

  /** Sorted labels; one that the training items do not have is an error. */
  public Categorize() {
    this(true, false);
  }

  /** As {@link CategoryMap#of(java.util.Collection, boolean, boolean)}. */
  public Categorize(boolean sort, boolean addNa) {
    this.sort = sort;
    this.addNa = addNa;
    this.labels = new LearntLabels(this, null);
  }

  /** A vocabulary known beforehand; the training items do not change it. */
  public Categorize(CategoryMap map) {
    this.sort = false;
    this.addNa = false;
    this.labels = new LearntLabels(this, map);
  }

  @Override
  public Class<Object> accepts() {
    return Object.class;
  }

  @Override
  public Class<Category> produces() {
    return Category.class;
  }

  @Override
  public int order() {
    return 1;
  }

  @Override
  public void setup(Iterable<Object> training) {
    if (!labels.known()) {
      List<Object> all = new ArrayList<>();
      training.forEach(all::add);
      labels.learnt(CategoryMap.of(all, sort, addNa));
    }
  }

  @Override
  public Categorize fresh() {
    return labels.known() ? this : new Categorize(sort, addNa);
  }

  @Override
  public Category encode(Object label, Split split, Rng rng) {
    return new Category(labels.map().indexOf(label));
  }

  @Override
  public Object decode(Category category) {
    return labels.map().label(category.index());
  }

  @Override
  public List<String> vocab() {
    return labels.vocab();
  }

  @Override
  public Spec spec() {
    return labels.spec("data.categorize");
  }
}
