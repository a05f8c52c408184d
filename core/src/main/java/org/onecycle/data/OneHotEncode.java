package org.onecycle.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/** Turns the numbers of labels into a row of zeros and ones, and back. */
public final class OneHotEncode implements Transform<MultiCategory, OneHot>, Exportable {
  private final IntSupplier classes;

  /** Rows as long as a vocabulary whose size may not be known yet. */
  public OneHotEncode(IntSupplier classes) {
    this.classes = classes;
  }

  @Override
  public Class<MultiCategory> accepts() {
    return MultiCategory.class;
  }

  @Override
  public Class<OneHot> produces() {
    return OneHot.class;
  }

  @Override
  public Spec spec() {
    return new Spec("data.one_hot_encode", Spec.object().put("classes", classes.getAsInt()));
  }

  @Override
  public int order() {
    return 2;
  }

  @Override
  public OneHot encode(MultiCategory category, Split split, Rng rng) {
    float[] row = new float[classes.getAsInt()];
    for (int i : category.indices()) {
      if (i < 0 || i >= row.length) {
        throw new IllegalArgumentException(
            "OneHotEncode expects numbers below " + row.length + ", got " + i);
      }
      row[i] = 1;
    }
    return new OneHot(row);
  }

  @Override
  public MultiCategory decode(OneHot row) {
    List<Integer> indices = new ArrayList<>();
    float[] values = row.values();
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0.5f) {
        indices.add(i);
      }
    }
    return new MultiCategory(indices);
  }
}
