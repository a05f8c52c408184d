package org.onecycle.vision.image;

import java.util.random.RandomGenerator;

/** An operation on one picture before it joins a batch. */
@FunctionalInterface
public interface ImageOp {
  /**
   * The changed picture.
   *
   * @param train true in training, where random choices are drawn from {@code rng}; false in
   *     validation, where nothing is drawn
   */
  Image apply(Image image, boolean train, RandomGenerator rng);

  /** This operation, then another. */
  default ImageOp then(ImageOp next) {
    return (image, train, rng) -> next.apply(apply(image, train, rng), train, rng);
  }
}
