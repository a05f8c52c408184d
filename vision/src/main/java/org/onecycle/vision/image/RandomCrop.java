package org.onecycle.vision.image;

import java.util.random.RandomGenerator;

/**
 * Cuts out a part without scaling: anywhere in training, the middle in validation; a smaller
 * picture stands on black (fastai's {@code RandomCrop}).
 */
public record RandomCrop(int height, int width) implements ImageOp {
  /** A square. */
  public RandomCrop(int size) {
    this(size, size);
  }

  /** Checks the size. */
  public RandomCrop {
    Sizes.check("RandomCrop", height, width);
  }

  @Override
  public Image apply(Image image, boolean train, RandomGenerator rng) {
    Box box =
        train
            ? new Box(
                place(image.width() - width, rng),
                place(image.height() - height, rng),
                width,
                height)
            : Box.centred(image, width, height);
    return box.cut(image, PadMode.ZEROS);
  }

  /** Between 0 and the room there is, or between the (negative) lack of it and -1. */
  private static int place(int room, RandomGenerator rng) {
    return room < 0 ? room + rng.nextInt(-room) : rng.nextInt(room + 1);
  }
}
