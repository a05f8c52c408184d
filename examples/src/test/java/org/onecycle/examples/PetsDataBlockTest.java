package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.array.Scope;
import org.onecycle.data.Batch;
import org.onecycle.data.CategoryBlock;
import org.onecycle.data.DataBlock;
import org.onecycle.data.DataBlockBuilder;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Labellers;
import org.onecycle.data.Splitters;
import org.onecycle.examples.breeds.InventedBreeds;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.vision.data.ImageBlock;
import org.onecycle.vision.data.ImageDataLoaders;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.ImageFiles;
import org.onecycle.vision.image.Normalize;
import org.onecycle.vision.image.Resize;

class PetsDataBlockTest {
  @TempDir Path folder;

  private static DataBlockBuilder<Path, Path> pets() {
    return DataBlock.<Path, Path>builder(f -> ImageFiles.get(f))
        .blocks(ImageBlock.of(), CategoryBlock.of())
        .splitter(Splitters.random(42))
        .getY(Labellers.fileName().andThen(Labellers.regexLabeller(InventedBreeds.LABEL_REGEX)));
  }

  @Test
  void theBooksPets() {
    InventedBreeds.write(folder, 5, 1);
    var block = pets().itemTfms(new Resize(32)).batchTfms(Normalize.imagenet()).build();
    try (Scope scope = Scope.open()) {
      DataLoaders dls = block.dataLoaders(folder, o -> o.bs(8).workers(0));
      assertEquals(InventedBreeds.names().stream().sorted().toList(), dls.vocab());
      assertInstanceOf(CrossEntropyLossFlat.class, dls.loss().orElseThrow());
      Batch batch = dls.oneBatch();
      assertArrayEquals(new long[] {8, 3, 32, 32}, batch.input(0).shape());
      assertArrayEquals(new long[] {8}, batch.target(0).shape());
      assertEquals(12, dls.valid().itemCount());
    }
    String text = block.summary(folder);
    assertTrue(text.contains("Image FLOAT [3, 96, 96]"), text);
    assertTrue(text.contains("Resize: [Image FLOAT [3, 32, 32], Category INT64 []]"), text);
    assertTrue(text.endsWith("Every step succeeds.\n"), text);
  }

  @Test
  void picturesOfSeveralSizesDoNotCollate() {
    InventedBreeds.write(folder, 1, 1);
    for (int i = 1; i < 12; i += 2) {
      InventedBreeds.generate(i, 3, 64)
          .save(folder.resolve(InventedBreeds.names().get(i) + "_1.jpg"));
    }
    String text = pets().build().summary(folder);
    assertTrue(text.contains("FAILS at collate"), text);
    assertTrue(text.contains("member 0 (an input) (Image) has to have one shape"), text);
    assertTrue(text.contains("[3, 96, 96]") && text.contains("[3, 64, 64]"), text);
  }

  @Test
  void digitsByFolder() {
    String shared = System.getProperty("onecycle.shared", "");
    Path digits = Path.of(shared, "data", "mnist_tiny");
    Assumptions.assumeTrue(!shared.isEmpty() && Files.isDirectory(digits), "no mnist_tiny here");
    try (Scope scope = Scope.open()) {
      DataLoaders dls = ImageDataLoaders.fromFolder(digits, o -> o.bs(16).workers(0));
      assertEquals(List.of("3", "7"), dls.vocab());
      Batch batch = dls.valid().oneBatch();
      assertArrayEquals(new long[] {16, 3, 28, 28}, batch.input(0).shape());
      assertInstanceOf(Image.class, dls.decode(dls.valid(), batch, 1).get(0).get(0));
    }
  }
}
