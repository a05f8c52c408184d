package org.onecycle.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.onecycle.io.Exportable;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/** Turns collections of labels into numbers with a vocabulary taken from the training items. */
@SuppressWarnings("rawtypes") // A Class<Collection<?>> does not exist.
public final class MultiCategorize
    implements Transform<Collection, MultiCategory>, HasVocab, Exportable {
  private final boolean known;
  private volatile CategoryMap map;

  /** Sorted labels; one that the training items do not have is an error. */
  public MultiCategorize() {
    this.known = false;
  }

  /** A vocabulary known beforehand; the training items do not change it. */
  public MultiCategorize(CategoryMap map) {
    this.known = true;
    this.map = map;
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
    if (!known) {
      List<Object> labels = new ArrayList<>();
      for (Collection<?> some : training) {
        labels.addAll(some);
      }
      map = CategoryMap.of(labels);
    }
  }

  @Override
  public MultiCategorize fresh() {
    return known ? this : new MultiCategorize();
  }

  @Override
  public MultiCategory encode(Collection labels, Split split, Rng rng) {
    List<Integer> indices = new ArrayList<>();
    for (Object label : labels) {
      indices.add(map().indexOf(label));
    }
    return new MultiCategory(indices);
  }

  @Override
  public MultiLabel decode(MultiCategory category) {
    return new MultiLabel(category.indices().stream().map(map()::label).toList());
  }

  @Override
  public List<String> vocab() {
    return map().labels();
  }

  @Override
  public Spec spec() {
    ObjectNode settings = Spec.object();
    settings.set("vocab", Json.texts(vocab()));
    return new Spec("data.multi_categorize", settings);
  }

  private CategoryMap map() {
    if (map == null) {
      throw new IllegalStateException("MultiCategorize has no vocabulary yet: it was not set up");
    }
    return map;
  }
}
