package org.onecycle.vision.image;

/** The check of a wanted size that all operations share. */
final class Sizes {
  private static final int CHANNELS = 3;

  private Sizes() {}

  static void check(String who, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "%s expects a size of at least 1x1, got %dx%d".formatted(who, height, width));
    }
    long bytes = (long) height * width * CHANNELS;
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s expects a size whose pixels fit an array, got %dx%d: %d bytes"
              .formatted(who, height, width, bytes));
    }
  }
}
