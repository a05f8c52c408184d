package org.onecycle.vision.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.data.Batch;
import org.onecycle.data.DataLoader;
import org.onecycle.data.Dataset;
import org.onecycle.data.Sample;
import org.onecycle.data.Split;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.PadMode;

class AugmentTest {
  private static final SampleOptions DEFAULT = SampleOptions.DEFAULT;
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor noise(long... shape) {
    return Tensor.rand(new Rng(7), shape);
  }

  private static Tensor once(Tensor x, Change change, SampleOptions options) {
    return Augment.pictures(x, List.of(change), options);
  }

  @Test
  void theDefaultsAreFastais() {
    Augment augment = AugTransforms.augTransforms();
    assertEquals(
        List.of(
            new Flip(.5),
            new Warp(.2, .75),
            new Rotate(10, .75),
            new Zoom(1, 1.1, .75),
            new Brightness(.2, .75),
            new Contrast(.2, .75)),
        augment.steps());
    assertEquals(DEFAULT, augment.options());
    assertEquals("Augment(Flip, Warp, Rotate, Zoom, Brightness, Contrast)", augment.name());
  }

  @Test
  void optionsChangeTheSteps() {
    Augment augment =
        AugTransforms.builder()
            .mult(2)
            .flipVert(true)
            .maxLighting(0)
            .maxZoom(1)
            .extra(new Saturation(.3, 1))
            .size(20, 30)
            .padMode(PadMode.ZEROS)
            .build();
    assertEquals(
        List.of(new Dihedral(.5), new Warp(.4, .75), new Rotate(20, .75), new Saturation(.3, 1)),
        augment.steps());
    assertEquals(DEFAULT.withSize(20, 30).withPadMode(PadMode.ZEROS), augment.options());
    assertTrue(AugTransforms.builder().doFlip(false).mult(0).maxZoom(1).build().steps().isEmpty());
  }

  @Test
  void optionsOutsideOfTheirRangeAreNamed() {
    assertMessage("maxLighting", () -> AugTransforms.builder().maxLighting(1.2).build());
    assertMessage("Warp expects p", () -> AugTransforms.builder().pAffine(1.5).build());
    assertMessage("minZoom", () -> AugTransforms.builder().minZoom(2).build());
    assertMessage("size", () -> AugTransforms.augTransforms(-1));
    Tensor x = noise(2, 3, 4, 4);
    assertMessage("N = 1, got [2, 3, 4, 4]", () -> once(x, new Change(), DEFAULT));
  }

  private static void assertMessage(String part, Runnable run) {
    String message = assertThrows(IllegalArgumentException.class, run::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void withoutADrawNothingChanges() {
    Tensor x = noise(1, 3, 9, 13);
    assertArrayEquals(x.toFloats(), once(x, new Change(), DEFAULT).toFloats());
    // The identity through the interpolation itself.
    Tensor same = once(x, new Change().rotate(0).zoom(1, .2, .3).warp(0, 0), DEFAULT);
    assertArrayEquals(x.toFloats(), same.toFloats(), 1e-6f);
    Change change = new Change();
    Augment never = AugTransforms.builder().pAffine(0).pLighting(0).doFlip(false).build();
    never.steps().forEach(s -> s.draw(new Rng(3), change));
    never.draw(1, new Rng(3)).forEach(c -> assertEquals(Light.NONE, c.light()));
    assertTrue(change.staysInPlace());
  }

  @Test
  void twoFlipsAreNone() {
    Tensor x = noise(1, 3, 9, 13);
    Tensor flipped = once(x, new Change().flip(), DEFAULT);
    assertFalse(Arrays.equals(x.toFloats(), flipped.toFloats()));
    assertArrayEquals(x.toFloats(), once(flipped, new Change().flip(), DEFAULT).toFloats(), 1e-6f);
    assertArrayEquals(x.toFloats(), once(x, new Change().flip().flip(), DEFAULT).toFloats(), 1e-6f);
  }

  @Test
  void stepsAreOneInterpolation() {
    // Noise does not survive two interpolations; a turn and its inverse composed are exact.
    Tensor x = noise(1, 3, 16, 24);
    Change there = new Change().rotate(25).zoom(1.3, .5, .5).zoom(1 / 1.3, .5, .5).rotate(-25);
    assertArrayEquals(x.toFloats(), once(x, there, DEFAULT).toFloats(), 1e-5f);
    Tensor twice =
        once(once(x, new Change().rotate(25), DEFAULT), new Change().rotate(-25), DEFAULT);
    assertTrue(x.sub(twice).abs().max().item() > .1);
  }

  @Test
  void theEightSymmetriesAreExactAndDifferent() {
    long[] codes = new long[25];
    Arrays.setAll(codes, i -> i);
    Tensor x = Tensor.of(codes, 1, 5, 5);
    Set<List<Long>> seen = new HashSet<>();
    for (int k = 0; k < 8; k++) {
      Tensor y = Augment.masks(x, List.of(new Change().dihedral(k)), DEFAULT);
      List<Long> values = Arrays.stream(y.toLongs()).boxed().toList();
      assertEquals(25, new HashSet<>(values).size());
      seen.add(values);
    }
    assertEquals(8, seen.size());
    // Across and down swapped.
    Tensor swapped = Augment.masks(x, List.of(new Change().dihedral(4)), DEFAULT);
    assertArrayEquals(x.transpose(1, 2).toLongs(), swapped.toLongs());
  }

  @Test
  void aPictureMadeOfItsMaskStaysOnIt() {
    int h = 40;
    int w = 56;
    long[] codes = new long[h * w];
    for (int i = 0; i < codes.length; i++) {
      double x = i % w - 20;
      double y = i / w - 14;
      codes[i] = x * x + y * y < 90 ? 200 : x > 10 ? 55 : 0;
    }
    int n = 8;
    Tensor mask = Tensor.of(codes, 1, h, w);
    Tensor picture = mask.to(DType.FLOAT).div(255).unsqueeze(1);
    Augment geometry = AugTransforms.builder().mult(2).maxLighting(0).pAffine(1).build();
    for (PadMode pad : PadMode.values()) {
      for (int size : new int[] {0, 48}) {
        SampleOptions options = DEFAULT.withSize(size, size).withPadMode(pad);
        List<Change> changes = geometry.draw(n, new Rng(11));
        Tensor masks = Augment.masks(mask.expand(n, h, w), changes, options);
        long[] got = masks.toLongs();
        Set<Long> values = new HashSet<>();
        Arrays.stream(got).forEach(values::add);
        assertEquals(Set.of(0L, 55L, 200L), values);
        Tensor pictures = picture.expand(n, 1, h, w);
        float[] nearest =
            Augment.pictures(pictures, changes, options.withMode(Mode.NEAREST)).toFloats();
        float[] smooth = Augment.pictures(pictures, changes, options).toFloats();
        int width = size == 0 ? w : size;
        int inner = 0;
        for (int i = 0; i < got.length; i++) {
          assertEquals(got[i] / 255f, nearest[i], 1e-6f);
          if (even(got, i, width, size == 0 ? h : size)) {
            inner++;
            assertEquals(got[i] / 255f, smooth[i], 1e-5f);
          }
        }
        assertTrue(inner > got.length / 3, inner + " of " + got.length);
      }
    }
  }

  /** Whether the pixel and those around it are of one code. */
  private static boolean even(long[] codes, int i, int w, int h) {
    int x = i % w;
    int y = i / w % h;
    if (x < 2 || y < 2 || x >= w - 2 || y >= h - 2) {
      return false;
    }
    for (int dy = -2; dy <= 2; dy++) {
      for (int dx = -2; dx <= 2; dx++) {
        if (codes[i + dy * w + dx] != codes[i]) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void picturesMuchTooLargeAreAveragedFirst() {
    // A chessboard of single pixels: four of them alone would give black or white.
    float[] board = new float[64 * 64];
    for (int i = 0; i < board.length; i++) {
      board[i] = (i / 64 + i % 64) % 2;
    }
    Tensor x = Tensor.of(board, 1, 1, 64, 64);
    float[] small = once(x, new Change(), DEFAULT.withSize(8, 8)).toFloats();
    for (float v : small) {
      assertEquals(.5f, v, 1e-6f);
    }
    // Not where the zoom makes up for it.
    float[] zoomed = once(x, new Change().zoom(8, 0, 0), DEFAULT.withSize(8, 8)).toFloats();
    assertEquals(.875f, zoomed[1], 1e-5f);
  }

  @Test
  void lightStaysWithinItsRange() {
    Tensor x = Tensor.of(new float[] {0, 1, .001f, .999f, 0.5f}, 1, 1, 1, 5);
    for (double b : new double[] {.1, .9}) {
      for (double c : new double[] {.2, 1, 5, 40}) {
        float[] y = once(x, new Change().brightness(b).contrast(c), DEFAULT).toFloats();
        float[] v = x.toFloats();
        for (int i = 0; i < y.length; i++) {
          double from = Math.max(1e-7f, Math.min(1 - 1e-7f, v[i]));
          double logit = c * (Math.log(from / (1 - from)) + Math.log(b / (1 - b)));
          assertEquals(1 / (1 + Math.exp(-logit)), y[i], 1e-5, b + " " + c + " " + v[i]);
        }
      }
    }
  }

  @Test
  void theHorizonOfAWarpHoldsNoHoles() {
    Tensor x = noise(1, 1, 33, 33);
    for (PadMode pad : PadMode.values()) {
      for (double tilt : new double[] {.5, .9, .999}) {
        Change change = new Change().zoom(.05, .5, .5).warp(tilt, -tilt);
        for (float v : once(x, change, DEFAULT.withPadMode(pad)).toFloats()) {
          assertTrue(v >= 0 && v <= 1, pad + " " + tilt + ": " + v);
        }
      }
    }
    // And places beyond all numbers.
    Change horizon = new Change().affine(1e300, 0, 0, 0, 1e300, 0);
    for (PadMode pad : PadMode.values()) {
      for (float v : once(x, horizon, DEFAULT.withPadMode(pad)).toFloats()) {
        assertTrue(v >= 0 && v <= 1, pad + ": " + v);
      }
    }
  }

  @Test
  void aSizeThatNoArrayHoldsIsRefused() {
    Tensor x = noise(1, 1, 2, 2);
    assertMessage("too large", () -> once(x, new Change(), DEFAULT.withSize(60000, 60000)));
  }

  @Test
  void drawsHaveTheirProbabilities() {
    Augment augment = AugTransforms.augTransforms();
    int n = 2000;
    int light = 0;
    for (Change change : augment.draw(n, new Rng(5))) {
      light += change.light().equals(Light.NONE) ? 0 : 1;
    }
    // Not both left out: 1 - .25 * .25.
    assertEquals(.9375, light / (double) n, .02);
    int flips = 0;
    for (Change change : Augment.of(new Flip(.5)).draw(n, new Rng(6))) {
      flips += change.staysInPlace() ? 0 : 1;
    }
    assertEquals(.5, flips / (double) n, .04);
    double least = 1;
    for (Change change : Augment.of(new Rotate(10, 1)).draw(n, new Rng(6))) {
      least = Math.min(least, change.places(9, 9)[0]);
    }
    assertEquals(Math.cos(Math.toRadians(10)), least, 1e-4);
  }

  @Test
  void oneDrawForAllWhereWanted() {
    Augment augment = AugTransforms.builder().batch(true).build();
    List<Change> changes = augment.draw(5, new Rng(2));
    assertEquals(1, new HashSet<>(changes).size());
    assertEquals(5, new HashSet<>(AugTransforms.augTransforms().draw(5, new Rng(2))).size());
  }

  private record Pairs(Split split) implements Dataset {
    @Override
    public String describe(int i) {
      return "pair " + i;
    }

    @Override
    public int size() {
      return 24;
    }

    @Override
    public Sample get(int i, Rng rng) {
      byte[] pixels = new byte[20 * 16 * 3];
      Rng own = new Rng(i);
      for (int k = 0; k < pixels.length; k++) {
        pixels[k] = (byte) own.nextInt(256);
      }
      Image image = Image.of(20, 16, 3, pixels);
      return Sample.of(image, image, 1L);
    }
  }

  private static List<float[]> epoch(Split split, Augment augment, int workers, long seed) {
    DataLoader loader =
        DataLoader.builder(new Pairs(split))
            .bs(5)
            .workers(workers)
            .seed(seed)
            .batchTfms(augment)
            .build();
    List<float[]> all = new ArrayList<>();
    for (Batch batch : loader) {
      assertArrayEquals(batch.input(0).toFloats(), batch.input(1).toFloats());
      all.add(batch.input(0).toFloats());
    }
    return all;
  }

  @Test
  void theSeedDecidesAndNotTheWorkers() {
    Augment augment = AugTransforms.augTransforms();
    List<float[]> first = epoch(Split.TRAIN, augment, 0, 1);
    List<float[]> other = epoch(Split.TRAIN, augment, 3, 1);
    assertEquals(4, first.size());
    for (int b = 0; b < first.size(); b++) {
      assertArrayEquals(first.get(b), other.get(b));
    }
    assertFalse(Arrays.equals(first.get(0), epoch(Split.TRAIN, augment, 0, 2).get(0)));
  }

  @Test
  void validationIsOnlyBroughtToTheSize() {
    float[] plain = epoch(Split.VALID, Augment.of(), 0, 1).get(0);
    assertArrayEquals(plain, epoch(Split.VALID, AugTransforms.augTransforms(), 0, 1).get(0));
    float[] sized = epoch(Split.VALID, AugTransforms.augTransforms(12), 0, 1).get(0);
    Tensor resized =
        Augment.pictures(
            Tensor.of(plain, 5, 3, 16, 20),
            Collections.nCopies(5, new Change()),
            DEFAULT.withSize(12, 12));
    assertArrayEquals(resized.toFloats(), sized);
    assertEquals(
        5 * 3 * 12 * 12, epoch(Split.TRAIN, AugTransforms.augTransforms(12), 0, 1).get(0).length);
  }
}
