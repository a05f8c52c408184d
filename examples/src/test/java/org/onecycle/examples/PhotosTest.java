package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.examples.breeds.InventedBreeds;
import org.onecycle.vision.image.ImageException;
import org.onecycle.vision.image.ImageFiles;

class PhotosTest {
  @TempDir Path folder;

  private String home;

  @BeforeEach
  void moveHome() {
    home = System.setProperty("onecycle.home", folder.resolve("home").toString());
  }

  @AfterEach
  void restoreHome() {
    if (home == null) {
      System.clearProperty("onecycle.home");
    } else {
      System.setProperty("onecycle.home", home);
    }
  }

  @Test
  void theFolderImagesOfADataSetOrTheFolderItself() throws IOException {
    assertEquals(new Photos(folder, false), Photos.in(folder));
    Path images = Files.createDirectory(folder.resolve("images"));
    assertEquals(new Photos(images, false), Photos.in(folder));
  }

  @Test
  void theSampleIsDrawnOnceAndWhole() throws IOException {
    Photos sample = Photos.sample(2);
    assertTrue(sample.sample());
    List<Path> files = ImageFiles.get(sample.folder());
    assertEquals(24, files.size());
    assertEquals(
        InventedBreeds.names().size(), files.stream().map(Photos.LABEL).distinct().count());
    sample.check(files);
    var written = Files.getLastModifiedTime(files.get(0));
    assertEquals(sample, Photos.sample(2));
    assertEquals(written, Files.getLastModifiedTime(files.get(0)));
    try (Stream<Path> left = Files.list(sample.folder().getParent())) {
      assertEquals(List.of(sample.folder()), left.toList());
    }
  }

  @Test
  void theSampleIsAnnouncedInOneLine() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Photos.sample(1, "host cannot be reached", new PrintStream(out, true, StandardCharsets.UTF_8));
    assertEquals(
        "Oxford-IIIT Pets or ResNet-34 cannot be had (host cannot be reached): training on 12 drawn"
            + " pictures of a dozen invented breeds.",
        out.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void aDamagedPhotoIsFoundBeforeTraining() throws IOException {
    Photos sample = Photos.sample(1);
    Path damaged = Files.write(sample.folder().resolve("x_1.jpg"), new byte[] {1, 2, 3});
    var e = assertThrows(ImageException.class, () -> sample.check(ImageFiles.get(sample.folder())));
    assertTrue(e.getMessage().contains(damaged.toString()), e::getMessage);
    assertFalse(e.getMessage().contains("\n"));
  }
}
