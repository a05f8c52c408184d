package org.onecycle.tensor;

import java.util.Arrays;
import java.util.Locale;

/** How a tensor prints: its shape and type, and its values when they are few. */
final class TensorText {
  private static final int MAX_VALUES = 12;

  private TensorText() {}

  static String of(Tensor t) {
    String head = "Tensor" + Arrays.toString(t.shape()) + " " + t.dtype();
    if (t.value().isReleased()) {
      return head + " (released)";
    }
    if (t.numel() > MAX_VALUES) {
      return head;
    }
    if (!t.dtype().isFloating()) {
      return head + " " + Arrays.toString(t.toLongs());
    }
    StringBuilder s = new StringBuilder(head).append(" [");
    String separator = "";
    for (double v : t.toDoubles()) {
      s.append(separator).append(String.format(Locale.ROOT, "%.4g", v));
      separator = ", ";
    }
    return s.append(']').toString();
  }
}
