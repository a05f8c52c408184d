package org.onecycle.vision.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.data.Batch;
import org.onecycle.data.DataLoader;
import org.onecycle.data.Dataset;
import org.onecycle.data.Sample;
import org.onecycle.data.Split;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.CropPad;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.Mask;
import org.onecycle.vision.image.PadMode;

/** Pictures and their masks through a loader. */
class AugmentMaskTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 30;
  private static final int CLASSES = 12;

  /** Pictures whose every byte is the class of the pixel, in blocks with gaps in the numbers. */
  private record Scenes(Split split) implements Dataset {
    @Override
    public int size() {
      return 12;
    }

    @Override
    public Sample get(int i, Rng rng) {
      Rng own = new Rng(i);
      byte[] codes = new byte[WIDTH * HEIGHT];
      for (int k = 0; k < codes.length; k++) {
        boolean sameAsLeft = k % 5 != 0;
        codes[k] = sameAsLeft ? codes[k - 1] : (byte) (own.nextInt(CLASSES / 3) * 3);
      }
      Image image = Image.of(WIDTH, HEIGHT, 1, codes);
      return Sample.of(image, Mask.of(WIDTH, HEIGHT, codes));
    }

    @Override
    public String describe(int i) {
      return "scene " + i;
    }
  }

  private static DataLoader loader(Split split, Augment augment) {
    return DataLoader.builder(new Scenes(split))
        .bs(4)
        .workers(0)
        .itemTfms(new CropPad(28))
        .batchTfms(augment)
        .build();
  }

  private static AugTransforms.Builder strong() {
    return AugTransforms.builder().mult(2).pAffine(1).maxZoom(1.5).maxLighting(0);
  }

  @ParameterizedTest
  @EnumSource(PadMode.class)
  void theMaskFollowsItsPicture(PadMode pad) {
    Augment augment = strong().mode(Mode.NEAREST).padMode(pad).flipVert(true).size(36, 24).build();
    for (Split split : Split.values()) {
      try (Scope scope = Scope.open()) {
        for (Batch batch : loader(split, augment)) {
          assertArrayEquals(new long[] {4, 1, 36, 24}, batch.input(0).shape());
          assertArrayEquals(new long[] {4, 36, 24}, batch.target(0).shape());
          assertEquals(DType.INT64, batch.target(0).dtype());
          long[] codes = batch.target(0).toLongs();
          float[] pixels = batch.input(0).toFloats();
          for (int i = 0; i < codes.length; i++) {
            assertEquals(codes[i], Math.round(255 * pixels[i]));
            assertEquals(0, codes[i] % 3);
          }
        }
      }
    }
  }

  @Test
  void aMaskIsNeitherBlendedNorLit() {
    Augment augment = strong().maxLighting(.4).pLighting(1).build();
    try (Scope scope = Scope.open()) {
      Batch plain = loader(Split.TRAIN, Augment.of()).oneBatch();
      Batch changed = loader(Split.TRAIN, augment).oneBatch();
      assertFalse(Arrays.equals(plain.target(0).toLongs(), changed.target(0).toLongs()));
      assertTrue(Arrays.stream(changed.target(0).toLongs()).allMatch(c -> c >= 0 && c % 3 == 0));
      assertTrue(Arrays.stream(changed.target(0).toLongs()).max().orElse(0) < CLASSES);
      // Blending makes other numbers, and the light does: in the picture alone.
      int blended = 0;
      for (float v : changed.input(0).toFloats()) {
        blended += Math.abs(255 * v / 3 - Math.round(255 * v / 3)) > .01 ? 1 : 0;
      }
      assertNotEquals(0, blended);
    }
  }
}
