package org.onecycle.data;

import java.util.List;

/**
 * Some labels, as a person reads them: {@code a;c}.
 *
 * @param labels the labels
 */
public record MultiLabel(List<String> labels) {

  /** Copies the list. */
  public MultiLabel {
    labels = List.copyOf(labels);
  }

  @Override
  public String toString() {
    return String.join(";", labels);
  }
}
