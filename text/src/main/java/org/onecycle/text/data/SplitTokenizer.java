package org.onecycle.text.data;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;

/** Splits at a separator and at nothing else: for texts whose tokens are already apart. */
public final class SplitTokenizer implements TokenSplitter, Exportable {
  private final String separator;

  /** Splits at spaces. */
  public SplitTokenizer() {
    this(" ");
  }

  /**
   * Splits at a separator.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public SplitTokenizer(String separator) {
    if (separator.isEmpty()) {
      throw new IllegalArgumentException("SplitTokenizer expects a separator, got an empty one");
    }
    this.separator = separator;
  }

  @Override
  public Spec spec() {
    return new Spec("text.split_tokenizer", Spec.object().put("separator", separator));
  }

  @Override
  public List<String> split(String text) {
    List<String> tokens = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      tokens.add(text.substring(from, at));
      from = at + separator.length();
    }
    tokens.add(text.substring(from));
    return tokens;
  }
}
