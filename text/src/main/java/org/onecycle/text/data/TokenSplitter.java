package org.onecycle.text.data;

import java.util.List;

/** Splits a text into tokens; called from several threads at once. */
@FunctionalInterface
public interface TokenSplitter {

  /** Returns the tokens in order. */
  List<String> split(String text);
}
