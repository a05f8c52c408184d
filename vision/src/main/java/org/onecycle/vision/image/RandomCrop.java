package org.onecycle.vision.image;

import org.onecycle.data.Split;
import org.onecycle.io.Spec;
import org.onecycle.tensor.Rng;

/**
 * Cuts out a part without scaling: anywhere in training, the middle in validation; a smaller
 * picture stands on black (fastai's {@code RandomCrop}).
 */
public record RandomCrop(int height, int width) implements ImageTransform {
  /** A square. */
  public RandomCrop(int size) {
    this(size, size);
  }

  /** Checks the size. */
  public RandomCrop {
    Sizes.check("RandomCrop", height, width);
  }

  @Override
  public Spec spec() {
    return new Spec("vision.random_crop", Spec.object().put("height", height).put("width", width));
  }

  @Override
  public int order() {
    return 1;
  }

  @Override
  public <R extends Raster> R apply(R image, Split split, Rng rng) {
    Box box =
        split == Split.TRAIN
            ? new Box(
                place(image.width() - width, rng),
                place(image.height() - height, rng),
                width,
                height)
            : Box.centred(image, width, height);
    return box.cut(image, PadMode.ZEROS);
  }

  /** Between 0 and the room there is, or between the (negative) lack of it and -1. */
  private static int place(int room, Rng rng) {
    return room < 0 ? room + rng.nextInt(-room) : rng.nextInt(room + 1);
  }
}
