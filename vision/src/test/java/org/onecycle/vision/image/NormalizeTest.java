package org.onecycle.vision.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Batch;
import org.onecycle.data.Categorize;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.Sample;
import org.onecycle.data.Split;
import org.onecycle.data.Splits;
import org.onecycle.data.Splitters;
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.Fixtures;

class NormalizeTest {
  @TempDir Path folder;

  private static Tensor batchOf(Image image) {
    return image.toTensor().unsqueeze(0);
  }

  @Test
  void aPictureBecomesTheTensorThatFastaiMakes() {
    Tensor ours = batchOf(FixtureImages.npy("src"));
    assertArrayEquals(new long[] {1, 3, 60, 83}, ours.shape());
    assertArrayEquals(Fixtures.npy("images/to_tensor.npy").toFloats(), ours.toFloats());
  }

  @Test
  void aTensorBecomesThePictureAgain() {
    Image image = FixtureImages.npy("src");
    assertEquals(image, Image.of(image.toTensor()));
    assertEquals(image.toGrey(), Image.of(image.toGrey().toTensor()));
    Image cut = Image.of(Tensor.of(new float[] {-3, 0.5f, 7}, 1, 1, 3));
    assertArrayEquals(new byte[] {0, (byte) 128, (byte) 255}, cut.pixels());
    assertThrows(IllegalArgumentException.class, () -> Image.of(Tensor.zeros(2, 2)));
  }

  @Test
  void normalisedPicturesEqualFastais() {
    Tensor ours = Normalize.imagenet().encode(batchOf(FixtureImages.npy("src")));
    float[] expected = Fixtures.npy("images/normalized.npy").toFloats();
    assertArrayEquals(expected, ours.toFloats(), 1e-6f);
  }

  @Test
  @DisplayName("VIS-17 ImageNet's normalisation of the bytes 0, 128 and 255")
  void imagenet() {
    byte[] pixels = new byte[9];
    Arrays.fill(pixels, 3, 6, (byte) 128);
    Arrays.fill(pixels, 6, 9, (byte) 255);
    Tensor x = Normalize.imagenet().encode(batchOf(Image.of(3, 1, 3, pixels)));
    float[] expected = {
      -2.117904f,
      0.074065f,
      2.248908f,
      -2.035714f,
      0.205182f,
      2.428571f,
      -1.804444f,
      0.426492f,
      2.64f
    };
    assertArrayEquals(expected, x.toFloats(), 1e-6f);
  }

  @Test
  void decodesWhatItEncoded() {
    Image image = FixtureImages.npy("src");
    Normalize normalize = Normalize.imagenet();
    Tensor back = normalize.decode(normalize.encode(batchOf(image)));
    assertEquals(image, Image.of(back.squeeze(0)));
  }

  @Test
  void filesFlowThroughALoaderAndBack() {
    Image image = FixtureImages.npy("src");
    for (int i = 0; i < 12; i++) {
      image.save(folder.resolve((i % 2 == 0 ? "cat_" : "dog_") + i + ".png"));
    }
    List<Path> files = ImageFiles.get(folder);
    Normalize normalize = new Normalize();
    Column<Path> pictures = Column.of(new OpenImage());
    Column<Path> kinds = Column.of(f -> f.getFileName().toString().split("_")[0], new Categorize());
    Splits splits = Splitters.random(0.25, 42).split(files);
    DataLoaders loaders =
        DataLoaders.builder(Datasets.of(files, splits, List.of(pictures, kinds)))
            .bs(4)
            .itemTfms(new Resize(48, 40), new FlipItem())
            .batchTfms(normalize)
            .build();
    Batch batch = loaders.valid().oneBatch();
    assertArrayEquals(new long[] {3, 3, 48, 40}, batch.input(0).shape());
    Batch train = loaders.train().oneBatch();
    Tensor x = train.input(0);
    for (float m : x.mean(0, 2, 3).toFloats()) {
      assertEquals(0, m, 0.2);
    }
    for (float v : x.var(1, 0, 2, 3).toFloats()) {
      assertEquals(1, v, 0.3);
    }
    Sample sample = loaders.valid().decodeSamples(batch, 1).get(0);
    FixtureImages.assertWithin(0, FixtureImages.npy("resize_crop__48x40"), (Image) sample.get(0));
  }

  @Test
  void aBadFileIsNamed() throws IOException {
    Path bad = Files.writeString(folder.resolve("x.jpg"), "no picture");
    var e =
        assertThrows(ImageException.class, () -> new OpenImage().encode(bad, Split.VALID, null));
    assertTrue(e.getMessage().startsWith(bad.toString()), e.getMessage());
  }

  @Test
  void wrongStatisticsAndShapesAreNamed() {
    double[] one = {0.5};
    assertThrows(IllegalArgumentException.class, () -> Normalize.fromStats(one, new double[] {0}));
    assertThrows(
        IllegalArgumentException.class, () -> Normalize.fromStats(one, new double[] {1, 1}));
    Tensor grey = batchOf(FixtureImages.npy("src").toGrey());
    var e = assertThrows(IllegalArgumentException.class, () -> Normalize.imagenet().encode(grey));
    assertEquals("Normalize expects pictures [N, 3, H, W], got [1, 1, 60, 83]", e.getMessage());
    assertThrows(IllegalStateException.class, () -> new Normalize().encode(grey));
  }
}
