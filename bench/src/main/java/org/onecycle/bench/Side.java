package org.onecycle.bench;

import java.util.Locale;

/** Who does the work of a row. */
enum Side {
  /** Onecycle. */
  ONECYCLE,
  /** libtorch, through DJL. */
  LIBTORCH,
  /** PyTorch in Python. */
  PYTORCH,
  /** Onecycle in FLOAT, where the row is about another precision. */
  ONECYCLE_FLOAT;

  /** Returns the name in reports. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether this is what Onecycle is compared with. */
  boolean isPeer() {
    return this == LIBTORCH || this == PYTORCH;
  }
}
