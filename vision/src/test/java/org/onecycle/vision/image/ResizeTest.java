package org.onecycle.vision.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.onecycle.data.Split;
import org.onecycle.tensor.Rng;

class ResizeTest {
  private static Image blank(int width, int height) {
    return new Image(width, height, 1, new byte[width * height]);
  }

  @ParameterizedTest
  @CsvSource({
    "squish_, SQUISH, REFLECTION",
    "crop_, CROP, REFLECTION",
    "pad_zeros, PAD, ZEROS",
    "pad_border, PAD, BORDER",
    "pad_reflection, PAD, REFLECTION"
  })
  void equalsPilBitForBit(String fixture, ResizeMethod method, PadMode padMode) {
    Image source = FixtureImages.npy("src");
    int[][] sizes = {{32, 32}, {96, 96}, {48, 40}};
    for (int[] size : sizes) {
      String name = size[0] == size[1] ? "" + size[0] : size[0] + "x" + size[1];
      Image expected = FixtureImages.npy("resize_" + fixture + "_" + name);
      Image actual =
          new Resize(size[0], size[1], method, padMode).encode(source, Split.VALID, null);
      FixtureImages.assertWithin(0, expected, actual);
    }
  }

  @Test
  void greyIsResizedLikeOneChannelOfRgb() {
    Image rgb = FixtureImages.npy("src");
    byte[] red = new byte[rgb.width() * rgb.height()];
    for (int i = 0; i < red.length; i++) {
      red[i] = rgb.raw()[3 * i];
    }
    Image small = new Resize(32).encode(rgb, Split.VALID, null);
    Image smallRed = new Resize(32).encode(new Image(83, 60, 1, red), Split.VALID, null);
    for (int i = 0; i < smallRed.raw().length; i++) {
      assertEquals(small.raw()[3 * i], smallRed.raw()[i]);
    }
  }

  @Test
  @DisplayName("VIS-18 Resize(224) crop, valid, 500x357: crop 357x357 at (71, 0)")
  void crop() {
    Box box = new Resize(224).box(blank(500, 357), 0.5, 0.5);
    assertEquals(new Box(71, 0, 357, 357), box);
  }

  @Test
  @DisplayName("VIS-18 Resize(224) pad, valid, 500x357: box 500x500 at (0, -71)")
  void pad() {
    Box box = new Resize(224, ResizeMethod.PAD).box(blank(500, 357), 0.5, 0.5);
    assertEquals(new Box(0, -71, 500, 500), box);
  }

  @ParameterizedTest
  @CsvSource({"224, 256", "128, 152", "460, 532"})
  @DisplayName("VIS-18 RandomResizedCrop's size in validation before the last crop")
  void randomResizedCropInValidation(int size, int larger) {
    assertEquals(larger, size + new RandomResizedCrop(size).validationExtra());
  }

  @Test
  @DisplayName("VIS-18 RandomResizedCrop in validation squishes, then takes the middle")
  void randomResizedCropTakesTheMiddle() {
    Image source = FixtureImages.npy("src");
    Image larger = new Resize(40, ResizeMethod.SQUISH).encode(source, Split.VALID, null);
    Image expected = new CropPad(32).encode(larger, Split.VALID, null);
    assertEquals(expected, new RandomResizedCrop(32).encode(source, Split.VALID, null));
  }

  @Test
  @DisplayName("VIS-19 CropPad 224 on width 99: left is floor((99 - 224) / 2) = -63")
  void cropPadFloors() {
    assertEquals(new Box(-63, -63, 224, 224), Box.centred(blank(99, 99), 224, 224));
  }

  @Test
  void cropPadEqualsFastai() {
    Image source = FixtureImages.npy("src");
    FixtureImages.assertWithin(
        0, FixtureImages.npy("crop_pad_70"), new CropPad(70).encode(source, Split.VALID, null));
    FixtureImages.assertWithin(
        0, FixtureImages.npy("center_crop_40"), new CropPad(40).encode(source, Split.VALID, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void paddingLooksUpEveryPixelByTheRuleOfItsMode(int channels) {
    byte[] pixels = new byte[5 * 4 * channels];
    Rng bytes = new Rng(1);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) bytes.nextInt(256);
    }
    Image image = new Image(5, 4, channels, pixels);
    Box box = new Box(-7, -3, 21, 13);
    for (PadMode mode : PadMode.values()) {
      Image out = box.cut(image, mode);
      for (int y = 0; y < 13; y++) {
        for (int x = 0; x < 21; x++) {
          int sx = mode.source(x - 7, 5);
          int sy = mode.source(y - 3, 4);
          int expected = sx < 0 || sy < 0 ? 0 : image.get(sx, sy, 0);
          assertEquals(expected, out.get(x, y, 0), mode + " at " + x + ", " + y);
        }
      }
    }
  }

  @Test
  void reflectionDoesNotRepeatTheEdge() {
    Image row = new Image(3, 1, 1, new byte[] {1, 2, 3});
    Image out = new Box(-3, 0, 9, 1).cut(row, PadMode.REFLECTION);
    assertEquals(new Image(9, 1, 1, new byte[] {2, 3, 2, 1, 2, 3, 2, 1, 2}), out);
  }

  @Test
  void trainingDrawsThePlaceAndRepeatsItForOneSeed() {
    Image source = FixtureImages.npy("src");
    Resize resize = new Resize(32);
    Image first = resize.encode(source, Split.TRAIN, new Rng(1));
    assertEquals(first, resize.encode(source, Split.TRAIN, new Rng(1)));
    Set<Image> places = new HashSet<>();
    Rng rng = new Rng(2);
    for (int i = 0; i < 20; i++) {
      places.add(resize.encode(source, Split.TRAIN, rng));
    }
    assertTrue(places.size() > 8, "only " + places.size() + " places");
  }

  @Test
  void randomCropStaysInsideWhereThereIsRoom() {
    byte[] white = new byte[20 * 30];
    Arrays.fill(white, (byte) 255);
    Image source = new Image(20, 30, 1, white);
    Rng rng = new Rng(3);
    for (int i = 0; i < 50; i++) {
      Image out = new RandomCrop(20, 10).encode(source, Split.TRAIN, rng);
      assertEquals(new Image(10, 20, 1, Arrays.copyOf(white, 200)), out);
      Image padded = new RandomCrop(30, 24).encode(source, Split.TRAIN, rng);
      int sum = 0;
      for (int x = 0; x < 24; x++) {
        sum += padded.get(x, 0, 0);
      }
      assertEquals(20 * 255, sum);
    }
  }

  @Test
  void randomResizedCropKeepsItsRanges() {
    Image source = FixtureImages.npy("src");
    Rng rng = new Rng(3);
    RandomResizedCrop op = new RandomResizedCrop(24, 0.35);
    for (int i = 0; i < 50; i++) {
      assertEquals("Image 24x24 RGB", op.encode(source, Split.TRAIN, rng).toString());
    }
    Image narrow = blank(200, 3);
    assertEquals("Image 24x24 grey", op.encode(narrow, Split.TRAIN, rng).toString());
  }

  @Test
  void flipMirrorsAndOnlyInTraining() {
    Image row = new Image(3, 1, 1, new byte[] {1, 2, 3});
    FlipItem always = new FlipItem(1);
    Image mirrored = new Image(3, 1, 1, new byte[] {3, 2, 1});
    assertEquals(mirrored, always.encode(row, Split.TRAIN, new Rng(1)));
    assertSame(row, always.encode(row, Split.VALID, null));
    Image source = FixtureImages.npy("src");
    assertEquals(source, FlipItem.flip(FlipItem.flip(source)));
    assertNotEquals(source, FlipItem.flip(source));
  }

  @Test
  void aSizeThatNoArrayHoldsIsRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> new CropPad(30_000));
    assertEquals(
        "CropPad expects a size whose pixels fit an array, got 30000x30000: 2700000000 bytes",
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Resize(30_000, 40_000));
    assertEquals(Integer.MAX_VALUE, new OpenImage().wanted());
  }

  @Test
  void aSizeBelowOneIsRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> new Resize(0));
    assertEquals("Resize expects a size of at least 1x1, got 0x0", e.getMessage());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> new RandomResizedCrop(32, 2))
            .getMessage()
            .contains("minScale"));
  }
}
