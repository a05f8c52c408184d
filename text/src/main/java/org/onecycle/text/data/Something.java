package org.onecycle.text.data;

import org.onecycle.data.Split;
import org.onecycle.data.Transform;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/** Reads a text without any tokens as one {@code xxunk}: a classifier has to be given something. */
record Something() implements Transform<TextIds, TextIds>, Exportable {
  private static final TextIds UNKNOWN = new TextIds(new int[] {Specials.UNK_ID});

  static TextIds of(TextIds text) {
    return text.length() == 0 ? UNKNOWN : text;
  }

  @Override
  public Spec spec() {
    return Spec.of("text.something");
  }

  @Override
  public Class<TextIds> accepts() {
    return TextIds.class;
  }

  @Override
  public Class<TextIds> produces() {
    return TextIds.class;
  }

  @Override
  public TextIds encode(TextIds text, Split split, Rng rng) {
    return of(text);
  }
}
