package org.onecycle.vision.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.array.DType;
import org.onecycle.data.Batch;
import org.onecycle.data.CategoryBlock;
import org.onecycle.data.DataBlock;
import org.onecycle.data.DataBlockBuilder;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.ItemException;
import org.onecycle.data.Labellers;
import org.onecycle.data.Sample;
import org.onecycle.data.Splitters;
import org.onecycle.learner.Learner;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.Conv2d;
import org.onecycle.show.ProgressOutput;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.ImageFiles;
import org.onecycle.vision.image.Mask;
import org.onecycle.vision.image.Normalize;

class ImageBlocksTest {
  private static final List<String> CODES = List.of("sky", "road");

  @TempDir private Path folder;

  /** Squares of one colour: dark ones are cats, bright ones dogs. */
  private List<Path> squares(int n) {
    for (int i = 0; i < n; i++) {
      byte[] pixels = new byte[8 * 8 * 3];
      Arrays.fill(pixels, (byte) (i % 2 == 0 ? 40 + i : 200 + i));
      Image.of(8, 8, 3, pixels).save(folder.resolve((i % 2 == 0 ? "cat_" : "dog_") + i + ".png"));
    }
    return ImageFiles.get(folder);
  }

  private static Object label(Path file) {
    return file.getFileName().toString().substring(0, 3);
  }

  @Test
  void fromPathFunc() {
    List<Path> files = squares(10);
    DataLoaders dls =
        ImageDataLoaders.fromPathFunc(
            files, ImageBlocksTest::label, .3, 5, o -> o.bs(2).workers(0));
    assertEquals(List.of("cat", "dog"), dls.vocab());
    assertEquals(7, dls.train().itemCount());
    assertEquals(3, dls.valid().itemCount());
    for (Batch b : dls.train()) {
      assertArrayEquals(new long[] {2, 3, 8, 8}, b.input(0).shape());
      for (int i = 0; i < 2; i++) {
        boolean bright = b.input(0).slice(0, i, i + 1).mean().item() > .5;
        assertEquals(bright ? 1 : 0, b.target(0).toLongs()[i]);
      }
    }
    DataLoaders again =
        ImageDataLoaders.fromPathFunc(
            files, ImageBlocksTest::label, .3, 5, o -> o.bs(2).workers(0));
    assertArrayEquals(
        dls.valid().oneBatch().input(0).toFloats(), again.valid().oneBatch().input(0).toFloats());
  }

  @Test
  void fromNameRegex() {
    List<Path> files = squares(10);
    DataLoaders dls =
        ImageDataLoaders.fromNameRegex(files, "^(\\w+)_\\d+.png$", .2, 1, o -> o.bs(2).workers(0));
    assertEquals(List.of("cat", "dog"), dls.vocab());
    for (Sample s : dls.decode(dls.valid(), dls.valid().oneBatch(), 2)) {
      int grey = ((Image) s.get(0)).get(0, 0, 0);
      assertEquals(grey > 128 ? "dog" : "cat", s.get(1));
    }
    String message =
        assertThrows(
                ItemException.class,
                () -> ImageDataLoaders.fromNameRegex(files, "^(cat)_", .2, 1, o -> o.bs(2)))
            .getMessage();
    assertTrue(message.contains("pattern ^(cat)_ is not found in item dog_"), message);
    assertTrue(message.contains(folder.toString()), message);
  }

  private DataBlockBuilder<Path, Path> streets() {
    for (int i = 0; i < 4; i++) {
      byte[] pixels = new byte[6 * 4 * 3];
      byte[] codes = new byte[6 * 4];
      // The upper half is bright sky.
      for (int p = 0; p < codes.length; p++) {
        codes[p] = (byte) (p < 12 ? 0 : 1);
        Arrays.fill(pixels, 3 * p, 3 * p + 3, (byte) (p < 12 ? 220 + i : 30 + i));
      }
      Image.of(6, 4, 3, pixels).save(folder.resolve("s" + i + ".png"));
      Mask.of(6, 4, codes).save(folder.resolve("masks").resolve("s" + i + ".png"));
    }
    Function<Path, Path> mask = f -> f.resolveSibling("masks").resolve(f.getFileName());
    return DataBlock.<Path, Path>builder(f -> ImageFiles.get(f, false))
        .blocks(ImageBlock.of(), MaskBlock.of(CODES))
        .splitter(Splitters.index(3))
        .getY(mask);
  }

  @Test
  void masksAreReadDecodedAndLearntPixelByPixel() throws IOException {
    Files.createDirectories(folder.resolve("masks"));
    DataLoaders dls = streets().build().dataLoaders(folder, o -> o.bs(3).workers(0));
    assertEquals(CODES, dls.vocab());
    Batch b = dls.oneBatch();
    assertEquals(DType.INT64, b.target(0).dtype());
    assertArrayEquals(new long[] {3, 4, 6}, b.target(0).shape());
    assertEquals(.5, b.target(0).to(DType.FLOAT).mean().item(), 0);
    Sample seen = dls.decode(dls.valid(), dls.valid().oneBatch(), 1).get(0);
    assertEquals(1, assertInstanceOf(Mask.class, seen.get(1)).get(0, 3));
    assertInstanceOf(CrossEntropyLossFlat.class, dls.loss().orElseThrow());
    Learner learn = Learner.of(dls, new Conv2d(3, 2, 1)).progress(ProgressOutput.none()).build();
    double before = learn.validate().loss();
    learn.fit(20, .3);
    assertTrue(learn.validate().loss() < before / 2, before + " -> " + learn.validate());
  }

  @Test
  void masksThatDoNotFitAreNamed() throws IOException {
    Files.createDirectories(folder.resolve("masks"));
    DataBlockBuilder<Path, Path> streets = streets();
    Path mask = folder.resolve("masks").resolve("s0.png");
    Mask.of(
            6,
            4,
            new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0})
        .save(mask);
    String outside = streets.build().summary(folder);
    assertTrue(outside.contains("FAILS at member 1 (a target), MaskBlock, OpenMask"), outside);
    assertTrue(outside.contains("s0.png") && outside.contains("9"), outside);
    Mask.of(5, 4, new byte[20]).save(mask);
    String size = streets.build().summary(folder);
    assertTrue(size.contains("FAILS at whole sample"), size);
    assertTrue(size.contains("s0.png"), size);
    Files.delete(mask);
    assertTrue(streets.build().summary(folder).contains("s0.png"), "the missing mask is named");
  }

  @Test
  void summaryLeavesNoStatisticsInTheRecipe() {
    squares(6);
    Normalize own = new Normalize();
    var block =
        DataBlock.<Path, Path>builder(f -> ImageFiles.get(f))
            .blocks(ImageBlock.of(), CategoryBlock.of())
            .splitter(Splitters.end())
            .getY(Labellers.fileName().andThen(n -> n.substring(0, 3)))
            .batchTfms(own)
            .build();
    String text = block.summary(folder);
    assertTrue(text.endsWith("Every step succeeds.\n"), text);
    assertNull(own.mean());
    DataLoaders dls = block.dataLoaders(folder, o -> o.bs(4).workers(0));
    assertNull(own.mean());
    assertEquals(0, dls.oneBatch().input(0).mean().item(), 1e-5, "the loaders' own has learnt");
  }
}
