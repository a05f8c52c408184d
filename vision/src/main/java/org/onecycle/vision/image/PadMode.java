package org.onecycle.vision.image;

/** What stands beyond the edge of a picture. */
public enum PadMode {
  /** Black. */
  ZEROS,
  /** The pixel of the edge, repeated. */
  BORDER,
  /** The picture mirrored at its edge pixel, which is not repeated: {@code c b | a b c | b a}. */
  REFLECTION;

  /** The index inside {@code [0, size)} that stands for {@code i}, or -1 for black. */
  int source(int i, int size) {
    if (i >= 0 && i < size) {
      return i;
    }
    return switch (this) {
      case ZEROS -> -1;
      case BORDER -> i < 0 ? 0 : size - 1;
      case REFLECTION -> {
        int period = Math.max(1, 2 * (size - 1));
        int inside = Math.floorMod(i, period);
        yield inside < size ? inside : period - inside;
      }
    };
  }
}
