package org.onecycle.vision.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
  @TempDir Path folder;

  private void touch(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  private List<String> names(boolean recursive) {
    return ImageFiles.get(folder, recursive).stream()
        .map(file -> folder.relativize(file).toString().replace('\\', '/'))
        .toList();
  }

  @Test
  void picturesAreSortedAndNothingElseIsListed() throws IOException {
    touch(
        "b/z.PNG", "b/a.jpeg", "c.jpg", "a.webp", "notes.txt", "jpg", ".hidden.jpg", ".git/x.png");
    assertEquals(List.of("a.webp", "b/a.jpeg", "b/z.PNG", "c.jpg"), names(true));
    assertEquals(List.of("a.webp", "c.jpg"), names(false));
    assertEquals(ImageFiles.get(folder), ImageFiles.get(folder, true));
  }

  @Test
  void symbolicLinksAreFollowed() throws IOException {
    touch("real/x.jpg");
    touch(".elsewhere/y.jpg");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve(".elsewhere"));
    Files.createSymbolicLink(folder.resolve("dead.jpg"), folder.resolve("nothing"));
    assertEquals(List.of("link/y.jpg", "real/x.jpg"), names(true));
  }

  @Test
  void aMissingFolderAFileAndAFolderWithoutPicturesAreNamed() throws IOException {
    Path missing = folder.resolve("missing");
    var e = assertThrows(IllegalArgumentException.class, () -> ImageFiles.get(missing));
    assertEquals(missing + ": expected a folder of pictures, got nothing there", e.getMessage());
    touch("notes.txt");
    Path file = folder.resolve("notes.txt");
    e = assertThrows(IllegalArgumentException.class, () -> ImageFiles.get(file));
    assertEquals(file + ": expected a folder of pictures, got a file", e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> ImageFiles.get(folder));
    assertTrue(
        e.getMessage().startsWith(folder + ": expected pictures (bmp, gif,"), e.getMessage());
    assertTrue(e.getMessage().endsWith("found none"), e.getMessage());
  }
}
