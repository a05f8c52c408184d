package org.onecycle.data;

import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/** Makes FLOAT of numbers, and of texts that are one; {@code float[]} it leaves as they are. */
record ToNumber() implements Transform<Object, Object>, Exportable {
  static final String NAME = "data.to_number";

  @Override
  public Class<Object> accepts() {
    return Object.class;
  }

  @Override
  public Class<Object> produces() {
    return Object.class;
  }

  @Override
  public Object encode(Object x, Split split, Rng rng) {
    if (x instanceof String text) {
      return parsed(text);
    }
    return x instanceof Number number ? (Object) number.floatValue() : x;
  }

  private static Float parsed(String text) {
    try {
      return Double.valueOf(text.strip()).floatValue();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number, got '" + text + "'", e);
    }
  }

  @Override
  public Spec spec() {
    return Spec.of(NAME);
  }
}
