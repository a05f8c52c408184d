package org.onecycle.examples.drawings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.ImageFiles;
import org.onecycle.vision.image.Mask;

class DrawingsTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("a set of streets is laid out as CamVid and shows every class")
  void streets() throws IOException {
    InventedStreets.write(folder, 30, 5);
    assertEquals(InventedStreets.CODES, Files.readAllLines(folder.resolve("codes.txt")));
    List<Path> pictures = ImageFiles.get(folder.resolve("images"));
    assertEquals(30, pictures.size());
    Set<Integer> seen = new HashSet<>();
    for (Path picture : pictures) {
      String name = picture.getFileName().toString().replace(".png", "_P.png");
      Mask mask = Mask.open(folder.resolve("labels").resolve(name));
      mask.check(InventedStreets.CODES.size());
      for (byte code : mask.codes()) {
        seen.add((int) code);
      }
      Image image = Image.open(picture);
      assertEquals(mask.width() + "x" + mask.height(), image.width() + "x" + image.height());
    }
    assertEquals(InventedStreets.CODES.size(), seen.size());
  }

  @Test
  @DisplayName("one seed gives one drawing")
  void seeds() {
    Street a = InventedStreets.generate(Rng.of(7), 48, 32);
    assertEquals(a.picture(), InventedStreets.generate(Rng.of(7), 48, 32).picture());
    assertNotEquals(a.picture(), InventedStreets.generate(Rng.of(8), 48, 32).picture());
    assertEquals(InventedDigits.generate(3, Rng.of(1)), InventedDigits.generate(3, Rng.of(1)));
    assertNotEquals(InventedDigits.generate(3, Rng.of(1)), InventedDigits.generate(3, Rng.of(2)));
  }

  @Test
  @DisplayName("digits lie in folders by part and name; no other digits are known")
  void digits() {
    InventedDigits.write(folder, 10, 1);
    assertEquals(4, ImageFiles.get(folder.resolve("valid")).size());
    assertEquals(8, ImageFiles.get(folder.resolve("train/7")).size());
    Image three = Image.open(ImageFiles.get(folder.resolve("train/3")).get(0));
    int ink = 0;
    for (byte value : three.pixels()) {
      ink += (value & 0xff) > 128 ? 1 : 0;
    }
    assertTrue(ink > 100 && ink < 28 * 28, "ink " + ink);
    assertThrows(IllegalArgumentException.class, () -> InventedDigits.generate(5, Rng.of(1)));
  }
}
