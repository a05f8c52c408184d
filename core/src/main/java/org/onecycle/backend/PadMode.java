package org.onecycle.backend;

/** What stands in the cells that padding adds. */
public enum PadMode {
  /** One given value. */
  CONSTANT,
  /** The mirror image without the edge itself: {@code c b | a b c | b a}. */
  REFLECT,
  /** The edge repeated: {@code a a | a b c | c c}. */
  REPLICATE
}
