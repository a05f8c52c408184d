package org.onecycle.vision.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.array.DType;
import org.onecycle.data.Batch;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.HostArray;
import org.onecycle.data.ItemException;
import org.onecycle.data.Split;
import org.onecycle.data.Splits;
import org.onecycle.data.Transform;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class MaskTest {
  @TempDir private Path folder;

  private static byte[] numbers(int n) {
    byte[] out = new byte[n];
    for (int i = 0; i < n; i++) {
      out[i] = (byte) (i % 7);
    }
    return out;
  }

  @Test
  @DisplayName("a mask is written and read without a change, up to 255")
  void roundTrip() {
    byte[] codes = new byte[256];
    for (int i = 0; i < 256; i++) {
      codes[i] = (byte) i;
    }
    Mask mask = Mask.of(32, 8, codes);
    mask.save(folder.resolve("m.png"));
    Mask read = Mask.open(folder.resolve("m.png"));
    assertEquals(mask, read);
    assertEquals(255, read.get(31, 7));
    assertThrows(IllegalArgumentException.class, () -> mask.save(folder.resolve("m.jpg")));
    assertEquals(mask, mask.restore(tensor(mask)));
  }

  private static Tensor tensor(Mask mask) {
    HostArray a = HostArray.zeros(mask.dtype(), mask.shape());
    mask.writeTo(a, 0);
    assertEquals(DType.INT64, a.dtype());
    return a.toTensor();
  }

  @Test
  @DisplayName("the numbers of a palette count, not its colours")
  void palette() throws IOException {
    byte[] r = {0, (byte) 200, 10, 20};
    byte[] g = {0, 3, (byte) 128, 7};
    byte[] b = {0, 99, 5, (byte) 255};
    BufferedImage picture =
        new BufferedImage(
            3, 2, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 4, r, g, b));
    picture.getRaster().setPixels(0, 0, 3, 2, new int[] {0, 1, 2, 3, 2, 1});
    ImageIO.write(picture, "png", folder.resolve("p.png").toFile());
    Mask mask = Mask.open(folder.resolve("p.png"));
    assertArrayEquals(new byte[] {0, 1, 2, 3, 2, 1}, mask.codes());
  }

  @Test
  @DisplayName("a colour picture, a damaged file and a missing one are errors that name the file")
  void notMasks() throws IOException {
    Path colour = folder.resolve("colour.png");
    Image.of(2, 1, 3, new byte[] {5, 5, 5, 1, 2, 3}).save(colour);
    assertMessage(
        colour
            + ": a mask expects one number from 0 to 255 for each pixel, got the"
            + " colour (1, 2, 3) at x 1, y 0",
        () -> Mask.open(colour));
    Path damaged = folder.resolve("damaged.png");
    Mask.of(40, 40, numbers(1600)).save(damaged);
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));
    assertStarts(damaged + ": a damaged mask", () -> Mask.open(damaged));
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    assertStarts(text + ": not a mask in a known format", () -> Mask.open(text));
    Path gone = folder.resolve("gone.png");
    assertStarts(gone + ": no such file", () -> Mask.open(gone));
  }

  @Test
  @DisplayName("a number outside of the classes is an error that names file, number and place")
  void outside() {
    Path file = folder.resolve("m.png");
    Mask.of(3, 2, new byte[] {0, 1, 0, 1, 7, 0}).save(file);
    assertMessage(
        file + ": expected numbers of classes from 0 to 1, got 7 at x 1, y 1",
        () -> new OpenMask(List.of("a", "b")).encode(file, Split.TRAIN, new Rng(1)));
  }

  private static void assertMessage(String expected, Executable x) {
    assertEquals(expected, assertThrows(ImageException.class, x).getMessage());
  }

  private static void assertStarts(String expected, Executable x) {
    String message = assertThrows(ImageException.class, x).getMessage();
    assertTrue(message.startsWith(expected), message);
  }

  @Test
  @DisplayName("a mask of another size than its picture is an error that names both")
  void anotherSize() {
    Path picture = folder.resolve("a.png");
    Path mask = folder.resolve("a_P.png");
    Image.of(4, 2, 3, new byte[24]).save(picture);
    Mask.of(2, 4, new byte[8]).save(mask);
    ItemException e =
        assertThrows(ItemException.class, () -> loaders(picture, mask, new Resize(32)).oneBatch());
    String message = e.getMessage();
    assertTrue(
        message.contains(mask + ": the mask is 2 x 4, its picture " + picture + " 4 x 2"), message);
  }

  private static DataLoaders loaders(Path picture, Path mask, Transform<?, ?>... tfms) {
    Datasets<Path> data =
        Datasets.of(
            List.of(picture),
            new Splits(new int[] {0}, new int[] {0}),
            List.of(
                Column.of(new OpenImage()),
                Column.of(p -> mask, new OpenMask(List.of("0", "1", "2", "3", "4", "5", "6")))));
    return DataLoaders.builder(data).bs(1).itemTfms(tfms).workers(0).build();
  }

  @Test
  @DisplayName("pictures and masks are cut, resized and mirrored alike")
  void alike() {
    int w = 23;
    int h = 17;
    byte[] codes = numbers(w * h);
    byte[] rgb = new byte[3 * w * h];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = codes[i / 3];
    }
    Path picture = folder.resolve("a.png");
    Path mask = folder.resolve("a_P.png");
    Image.of(w, h, 3, rgb).save(picture);
    Mask.of(w, h, codes).save(mask);
    for (int epoch = 0; epoch < 5; epoch++) {
      // Nothing here mixes pixels, so that the picture still shows the mask's numbers.
      DataLoaders dls =
          loaders(picture, mask, new FlipItem(), new RandomCrop(9, 12), new CropPad(20));
      dls.train().restore(epoch);
      Batch batch = dls.oneBatch();
      assertArrayEquals(new long[] {1, 9, 12}, batch.target(0).shape());
      float[] x = batch.input(0).select(1, 0).toFloats();
      long[] y = batch.target(0).toLongs();
      for (int i = 0; i < y.length; i++) {
        assertEquals(y[i], Math.round(x[i] * 255));
      }
      assertEquals(Mask.class, dls.decode(dls.train(), batch, 1).get(0).get(1).getClass());
    }
    assertEquals(7, loaders(picture, mask).vocab().size());
  }

  @Test
  @DisplayName("resizing a mask takes the pixel under the centre, as PIL does")
  void nearest() {
    Mask mask = Mask.of(4, 1, new byte[] {1, 2, 3, 4});
    assertArrayEquals(new byte[] {2, 4}, Rasters.resize(mask, 2, 1).codes());
    assertArrayEquals(new byte[] {1, 3, 4}, Rasters.resize(mask, 3, 1).codes());
    assertArrayEquals(
        new byte[] {1, 1, 2, 2, 3, 3, 4, 4, 1, 1, 2, 2, 3, 3, 4, 4},
        Rasters.resize(mask, 8, 2).codes());
    Mask cut = new Resize(32, 48).encode(Mask.of(9, 9, numbers(81)), Split.VALID, new Rng(1));
    assertEquals("Mask 48x32", cut.toString());
  }

  @Test
  @DisplayName("each class has its own colour, class 0 is black")
  void colours() {
    Image shown = Mask.of(3, 1, new byte[] {0, 1, 2}).toImage();
    assertEquals(0, shown.get(0, 0, 0) + shown.get(0, 0, 1) + shown.get(0, 0, 2));
    boolean differ = false;
    for (int c = 0; c < 3; c++) {
      differ |= shown.get(1, 0, c) != shown.get(2, 0, c);
    }
    assertTrue(differ);
  }
}
