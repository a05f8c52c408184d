package org.onecycle.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;

/** A vocabulary that is known beforehand, or learnt from the training items. */
final class LearntLabels {
  private final Transform<?, ?> owner;
  private final boolean known;
  private volatile CategoryMap map;

  /**
   * Makes a vocabulary.
   *
   * @param owner what errors name
   * @param known null where it is to be learnt
   */
  LearntLabels(Transform<?, ?> owner, CategoryMap known) {
    this.owner = owner;
    this.known = known != null;
    this.map = known;
  }

  boolean known() {
    return known;
  }

  void learnt(CategoryMap labels) {
    map = labels;
  }

  CategoryMap map() {
    if (map == null) {
      throw new IllegalStateException(
          owner.getClass().getSimpleName() + " has no vocabulary yet: it was not set up");
    }
    return map;
  }

  List<String> vocab() {
    return map().labels();
  }

  Spec spec(String name) {
    ObjectNode settings = Spec.object();
    settings.set("vocab", Json.texts(vocab()));
    return new Spec(name, settings);
  }
}
