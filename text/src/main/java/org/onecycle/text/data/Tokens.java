package org.onecycle.text.data;

import java.util.List;

/**
 * A text that has been split.
 *
 * @param tokens the tokens in order
 */
public record Tokens(List<String> tokens) {

  /** Copies the list. */
  public Tokens {
    tokens = List.copyOf(tokens);
  }

  /** Returns the tokens with spaces between them. */
  @Override
  public String toString() {
    return String.join(" ", tokens);
  }
}
