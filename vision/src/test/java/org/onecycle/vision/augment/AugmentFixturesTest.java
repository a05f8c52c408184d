package org.onecycle.vision.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.onecycle.array.Scope;
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.Fixtures;
import org.onecycle.testing.Npy;
import org.onecycle.vision.image.PadMode;

/** Against the pictures that fastai makes with the same draws. */
class AugmentFixturesTest {
  private static final double TOLERANCE = 1e-5;

  @TestFactory
  Stream<DynamicTest> agreesWithFastai() {
    return Stream.of(
        same("flip", new Change().flip(), PadMode.REFLECTION),
        same("rotate_10", new Change().rotate(10), PadMode.REFLECTION),
        same("rotate_-30", new Change().rotate(-30), PadMode.REFLECTION),
        same("rotate25_zeros", new Change().rotate(25), PadMode.ZEROS),
        same("rotate25_border", new Change().rotate(25), PadMode.BORDER),
        same("rotate25_reflection", new Change().rotate(25), PadMode.REFLECTION),
        same("zoom_1.3_x.3_y.7", new Change().zoom(1.3, .3, .7), PadMode.REFLECTION),
        same("warp_x.2_y-.15", new Change().warp(.2, -.15), PadMode.REFLECTION),
        same("brightness_0.3", new Change().brightness(.3), PadMode.REFLECTION),
        same("brightness_0.8", new Change().brightness(.8), PadMode.REFLECTION),
        same("contrast_0.7", new Change().contrast(.7), PadMode.REFLECTION),
        same("contrast_1.4", new Change().contrast(1.4), PadMode.REFLECTION),
        same("hue_0.1", new Change().hue(.1), PadMode.REFLECTION),
        same("saturation_0.7", new Change().saturation(.7), PadMode.REFLECTION),
        same("saturation_1.4", new Change().saturation(1.4), PadMode.REFLECTION));
  }

  private static DynamicTest same(String name, Change change, PadMode pad) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try (Scope scope = Scope.open()) {
            Npy batch = Fixtures.npy("images/batch.npy");
            SampleOptions options = SampleOptions.DEFAULT.withPadMode(pad);
            Tensor x = Tensor.of(batch.toFloats(), batch.shape());
            float[] got = Augment.pictures(x, List.of(change), options).toFloats();
            float[] expected = Fixtures.npy("images/" + name + ".npy").toFloats();
            assertEquals(expected.length, got.length);
            double worst = 0;
            for (int i = 0; i < got.length; i++) {
              worst = Math.max(worst, Math.abs(got[i] - expected[i]));
            }
            assertEquals(0, worst, TOLERANCE, "largest distance");
          }
        });
  }

  @Test
  @DisplayName("VIS-21 brightness and contrast; grey as television weighs colours")
  void light() {
    // Without saturation a pixel's logits are their grey: logits .2, .4, .6 become .36298.
    float[] rgb = new float[3];
    for (int c = 0; c < 3; c++) {
      rgb[c] = (float) (1 / (1 + Math.exp(-.2 * (c + 1))));
    }
    float grey = (float) (1 / (1 + Math.exp(-.36298)));
    float[] got;
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(rgb, 1, 3, 1, 1);
      Change none = new Change().saturation(0);
      got = Augment.pictures(x, List.of(none), SampleOptions.DEFAULT).toFloats();
    }
    assertArrayEquals(new float[] {grey, grey, grey}, got, 1e-6f);
    assertArrayEquals(
        new float[] {.6f, 1 / 3f}, light(new Change().brightness(.6), .5f, .25f), 1e-6f);
    assertArrayEquals(new float[] {.1f}, light(new Change().contrast(2), .25f), 1e-6f);
    assertArrayEquals(new float[] {.3660254f}, light(new Change().contrast(.5), .25f), 1e-6f);
  }

  @Test
  @DisplayName("VIS-22 colours as hue, saturation and value")
  void hsv() {
    assertHsv(new float[] {.5833333f, .6666667f, .6f}, .2f, .4f, .6f);
    assertHsv(new float[] {0, 1, 1}, 1, 0, 0);
    assertHsv(new float[] {1 / 3f, 1, 1}, 0, 1, 0);
    assertHsv(new float[] {0, 0, .3f}, .3f, .3f, .3f);
  }

  private static void assertHsv(float[] expected, float... rgb) {
    float[] pixel = rgb.clone();
    Hsv.fromRgb(pixel);
    assertArrayEquals(expected, pixel, 1e-6f);
    Hsv.toRgb(pixel);
    assertArrayEquals(rgb, pixel, 1e-6f);
  }

  private static float[] light(Change change, float... values) {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(values, 1, 1, 1, values.length);
      return Augment.pictures(x, List.of(change), SampleOptions.DEFAULT).toFloats();
    }
  }

  @Test
  @DisplayName("VIS-24 grid_sample between four pixels, corners not aligned")
  void cornersNotAligned() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {0, 0, 0, 1}, 1, 1, 2, 2);
      SampleOptions options =
          SampleOptions.DEFAULT.withSize(1, 1).withPadMode(PadMode.ZEROS).withAlignCorners(false);
      assertEquals(.25, Augment.pictures(x, List.of(new Change()), options).item(), 1e-7);
      // The place (1, 1) is the outer corner of the last pixel: a quarter of it, three of nothing.
      Change corner = new Change().affine(1, 0, 1, 0, 1, 1);
      assertEquals(.25, Augment.pictures(x, List.of(corner), options).item(), 1e-7);
    }
  }
}
