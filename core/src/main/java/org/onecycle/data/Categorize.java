package org.onecycle.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.onecycle.io.Exportable;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/** Turns labels into numbers with a vocabulary taken from the training items. */
public final class Categorize implements Transform<Object, Category>, HasVocab, Exportable {
  private final boolean sort;
  private final boolean addNa;
  private final boolean known;
  private volatile CategoryMap map;

  /** Sorted labels; one that the training items do not have is an error. */
  public Categorize() {
    this(true, false);
  }

  /** As {@link CategoryMap#of(java.util.Collection, boolean, boolean)}. */
  public Categorize(boolean sort, boolean addNa) {
    this.sort = sort;
    this.addNa = addNa;
    this.known = false;
  }

  /** A vocabulary known beforehand; the training items do not change it. */
  public Categorize(CategoryMap map) {
    this.sort = false;
    this.addNa = false;
    this.known = true;
    this.map = map;
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
    if (!known) {
      List<Object> labels = new ArrayList<>();
      training.forEach(labels::add);
      map = CategoryMap.of(labels, sort, addNa);
    }
  }

  @Override
  public Categorize fresh() {
    return known ? this : new Categorize(sort, addNa);
  }

  @Override
  public Category encode(Object label, Split split, Rng rng) {
    return new Category(map().indexOf(label));
  }

  @Override
  public Object decode(Category category) {
    return map().label(category.index());
  }

  @Override
  public List<String> vocab() {
    return map().labels();
  }

  @Override
  public Spec spec() {
    ObjectNode settings = Spec.object();
    settings.set("vocab", Json.texts(vocab()));
    return new Spec("data.categorize", settings);
  }

  private CategoryMap map() {
    if (map == null) {
      throw new IllegalStateException("Categorize has no vocabulary yet: it was not set up");
    }
    return map;
  }
}
