package org.onecycle.vision.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onecycle.data.Batch;
import org.onecycle.data.BatchIterator;
import org.onecycle.data.Collate;
import org.onecycle.data.DataLoader;
import org.onecycle.data.Dataset;
import org.onecycle.data.Sample;
import org.onecycle.data.Split;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.Mask;
import org.onecycle.vision.image.PadMode;

/** Pictures that are changed one by one on their way into the batch. */
class AugmentedItemsTest {
  private static final int WIDTH = 20;
  private static final int HEIGHT = 16;

  /** Pictures in colour and grey with masks. */
  private record Pictures(Split split) implements Dataset {
    @Override
    public String describe(int i) {
      return "picture " + i;
    }

    @Override
    public int size() {
      return 10;
    }

    @Override
    public Sample get(int i, Rng rng) {
      byte[] pixels = new byte[WIDTH * HEIGHT * 3];
      Rng own = new Rng(i);
      for (int k = 0; k < pixels.length; k++) {
        pixels[k] = (byte) own.nextInt(256);
      }
      Image image = Image.of(WIDTH, HEIGHT, 3, pixels);
      Image grey = image.toGrey();
      return new Sample(List.of(image, grey, Mask.of(WIDTH, HEIGHT, grey.pixels())), 2);
    }
  }

  private static DataLoader loader(Split split, Collate collate, Augment augment) {
    return DataLoader.builder(new Pictures(split))
        .bs(5)
        .workers(1)
        .collate(collate)
        .batchTfms(augment)
        .build();
  }

  @ParameterizedTest
  @EnumSource(Split.class)
  void haveTheNumbersOfAWholeBatch(Split split) {
    SampleOptions same = SampleOptions.DEFAULT;
    for (SampleOptions options :
        List.of(
            same,
            same.withSize(9, 30),
            same.withSize(7, 8).withPadMode(PadMode.ZEROS),
            same.withMode(Mode.NEAREST).withPadMode(PadMode.BORDER))) {
      Augment augment =
          new Augment(
              List.of(
                  new Flip(.5),
                  new Warp(.4, .7),
                  new Zoom(.7, 1.3, .7),
                  new Contrast(.3, .7),
                  new Hue(.1, .5)),
              options,
              false);
      try (BatchIterator items = loader(split, Collate.stack(), augment).iterator();
          BatchIterator batches =
              loader(split, (s, i) -> Collate.stack().collate(s, i), augment).iterator()) {
        while (items.hasNext()) {
          Batch one = items.next();
          Batch other = batches.next();
          for (int i = 0; i < 2; i++) {
            assertArrayEquals(other.input(i).shape(), one.input(i).shape());
            assertArrayEquals(other.input(i).toFloats(), one.input(i).toFloats());
          }
          assertArrayEquals(other.target(0).shape(), one.target(0).shape());
          assertArrayEquals(other.target(0).toLongs(), one.target(0).toLongs());
        }
        assertFalse(batches.hasNext());
      }
    }
  }
}
