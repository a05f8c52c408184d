package org.onecycle.vision.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onecycle.array.DType;
import org.onecycle.data.HostArray;
import org.onecycle.data.Split;
import org.onecycle.tensor.Rng;

/** Pictures whose pixels are made when they are asked for, and how they are resized. */
class DeferredTest {
  @TempDir Path folder;

  private static Image noise(int width, int height, int channels) {
    byte[] pixels = new byte[width * height * channels];
    Rng rng = new Rng(width * 31L + height);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) rng.nextInt(256);
    }
    return new Image(width, height, channels, pixels);
  }

  private Path jpeg() {
    Path file = folder.resolve("photo.jpg");
    noise(61, 40, 3).save(file);
    return file;
  }

  private static float[] batch(Image image) {
    HostArray array = HostArray.zeros(DType.FLOAT, image.shape());
    image.writeTo(array, 0);
    return array.floats();
  }

  @Test
  void haveTheSamePixelsHoweverTheyAreAskedFor() {
    Path file = jpeg();
    Image now = Image.open(file);
    assertEquals(now, new OpenImage().encode(file, Split.TRAIN, null));
    Image cut = new Resize(24, 20).encode(now, Split.TRAIN, new Rng(3));
    float[] expected = batch(new Image(20, 24, 3, cut.pixels()));
    Image opened = new OpenImage().encode(file, Split.TRAIN, null);
    for (int time = 0; time < 3; time++) {
      Image later = new Resize(24, 20).encode(opened, Split.TRAIN, new Rng(3));
      assertArrayEquals(expected, batch(later));
      assertArrayEquals(expected, batch(later));
      assertEquals(cut, later);
      assertArrayEquals(expected, batch(later));
    }
    assertArrayEquals(batch(now), batch(new OpenImage().encode(file, Split.TRAIN, null)));
    assertEquals(now, opened);
  }

  @Test
  void mayBeReadWhileAnotherOneIs() {
    Path file = jpeg();
    Image first = new Resize(30).encode(Image.open(file), Split.VALID, null);
    float[] plain = new float[30 * 90];
    new Image(30, 30, 3, first.pixels())
        .rows((y, row) -> System.arraycopy(row, 0, plain, y * 90, 90));
    Image again =
        new Resize(30).encode(new OpenImage().encode(file, Split.VALID, null), Split.VALID, null);
    again.rows(
        (y, row) -> {
          Image other = new OpenImage().encode(file, Split.VALID, null);
          batch(new Resize(17).encode(other, Split.VALID, null));
          assertArrayEquals(
              Arrays.copyOfRange(plain, y * 90, (y + 1) * 90), Arrays.copyOf(row, 90));
        });
  }

  @Test
  void aPictureThatCannotBeDecodedIsNamed() throws IOException {
    Path file = jpeg();
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 2; i + 3 < bytes.length; i++) {
      // No quantisation tables: whole from outside, of no use inside.
      if (bytes[i] == (byte) 0xff && bytes[i + 1] == (byte) 0xdb) {
        bytes[i + 1] = (byte) 0xfe;
      }
    }
    Files.write(file, bytes);
    Image opened = new OpenImage().encode(file, Split.VALID, null);
    ImageException e = assertThrows(ImageException.class, opened::pixels);
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    Image cut = new Resize(8).encode(opened, Split.VALID, null);
    assertThrows(ImageException.class, () -> batch(cut));
  }

  @ParameterizedTest
  @CsvSource({
    "50, 40, 23, 17, 3",
    "50, 40, 77, 91, 3",
    "50, 40, 50, 13, 3",
    "50, 40, 13, 40, 3",
    "50, 40, 5, 3, 3",
    "50, 40, 31, 29, 1",
    "2, 3, 9, 7, 3",
    "1, 1, 4, 5, 3",
    "3, 2, 2, 1, 1",
    "40, 50, 1, 1, 3"
  })
  void areResizedAsTheFormulaSays(int width, int height, int toWidth, int toHeight, int channels) {
    Image from = noise(width, height, channels);
    byte[] wide = columns(from.raw(), width, toWidth, height, channels);
    byte[] turned = turned(wide, toWidth, height, channels);
    byte[] expected =
        turned(columns(turned, height, toHeight, toWidth, channels), toHeight, toWidth, channels);
    assertArrayEquals(expected, Rasters.resize(from, toWidth, toHeight).pixels());
  }

  /** PIL's bilinear filter along a row, pixel by pixel. */
  private static byte[] columns(byte[] in, int from, int to, int rows, int channels) {
    if (from == to) {
      return in;
    }
    double scale = (double) from / to;
    double support = Math.max(1, scale);
    byte[] out = new byte[to * rows * channels];
    for (int x = 0; x < to; x++) {
      double centre = (x + .5) * scale;
      int low = Math.max(0, (int) (centre - support + .5));
      int high = Math.min(from, (int) (centre + support + .5));
      double sum = 0;
      for (int j = low; j < high; j++) {
        sum += Math.max(0, 1 - Math.abs((j - centre + .5) / support));
      }
      for (int y = 0; y < rows; y++) {
        for (int c = 0; c < channels; c++) {
          int value = 1 << 21;
          for (int j = low; j < high; j++) {
            double weight = Math.max(0, 1 - Math.abs((j - centre + .5) / support)) / sum;
            value += (int) (.5 + weight * (1 << 22)) * (in[(y * from + j) * channels + c] & 0xff);
          }
          out[(y * to + x) * channels + c] = (byte) (value >> 22);
        }
      }
    }
    return out;
  }

  private static byte[] turned(byte[] in, int width, int height, int channels) {
    byte[] out = new byte[in.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        System.arraycopy(
            in, (y * width + x) * channels, out, (x * height + y) * channels, channels);
      }
    }
    return out;
  }
}
