package org.onecycle.examples.breeds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.ImageFiles;

class InventedBreedsTest {
  @TempDir Path folder;

  @Test
  void oneSeedGivesTheSamePixelsOnEveryMachine() {
    CRC32 sum = new CRC32();
    for (int breed = 0; breed < 12; breed++) {
      sum.update(InventedBreeds.generate(breed, 42, 64).pixels());
    }
    assertEquals("4a4f2611", Long.toHexString(sum.getValue()));
  }

  @Test
  void everySeedAndEveryBreedGivesAnotherPicture() {
    Set<Image> pictures = new HashSet<>();
    for (int breed = 0; breed < 12; breed++) {
      for (int seed = 0; seed < 10; seed++) {
        assertTrue(pictures.add(InventedBreeds.generate(breed, seed, 32)));
      }
    }
  }

  @Test
  void filesAreNamedByBreedAndNumber() throws IOException {
    List<Path> files = InventedBreeds.write(folder.resolve("new/folder"), 3, 7);
    assertEquals(36, files.size());
    assertEquals(Set.copyOf(files), Set.copyOf(ImageFiles.get(folder)));
    Pattern label = Pattern.compile(InventedBreeds.LABEL_REGEX);
    Set<String> labels = new HashSet<>();
    for (Path file : files) {
      Matcher m = label.matcher(file.getFileName().toString());
      assertTrue(m.matches(), file + "");
      labels.add(m.group(1));
      assertEquals("Image 96x96 RGB", Image.open(file).toString());
    }
    assertEquals(Set.copyOf(InventedBreeds.names()), labels);
    List<Path> again = InventedBreeds.write(folder.resolve("again"), 3, 7);
    for (int i = 0; i < files.size(); i++) {
      assertArrayEquals(Files.readAllBytes(files.get(i)), Files.readAllBytes(again.get(i)));
    }
  }

  /** The nearest of the breeds' mean colours is what a network without an eye for shape sees. */
  @Test
  void colourAloneDoesNotTellTheBreeds() {
    int learnt = 30;
    int asked = 10;
    double[][] centres = new double[12][3];
    for (int breed = 0; breed < 12; breed++) {
      for (int i = 0; i < learnt; i++) {
        double[] colour = meanColour(InventedBreeds.generate(breed, i, 48));
        for (int c = 0; c < 3; c++) {
          centres[breed][c] += colour[c] / learnt;
        }
      }
    }
    int right = 0;
    for (int breed = 0; breed < 12; breed++) {
      for (int i = 0; i < asked; i++) {
        double[] colour = meanColour(InventedBreeds.generate(breed, 1000 + i, 48));
        right += nearest(centres, colour) == breed ? 1 : 0;
      }
    }
    assertTrue(right < 12 * asked * 0.4, right + " of " + 12 * asked);
  }

  private static double[] meanColour(Image image) {
    double[] sum = new double[3];
    byte[] pixels = image.pixels();
    for (int i = 0; i < pixels.length; i++) {
      sum[i % 3] += pixels[i] & 0xff;
    }
    return sum;
  }

  private static int nearest(double[][] centres, double[] colour) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < centres.length; i++) {
      double d = 0;
      for (int c = 0; c < 3; c++) {
        d += (centres[i][c] - colour[c]) * (centres[i][c] - colour[c]);
      }
      if (d < least) {
        least = d;
        best = i;
      }
    }
    return best;
  }

  @Test
  void wrongArgumentsAreNamed() {
    var e = assertThrows(IllegalArgumentException.class, () -> InventedBreeds.generate(12, 1, 96));
    assertEquals("InventedBreeds expects a breed from 0 to 11, got 12", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> InventedBreeds.generate(0, 1, 4));
  }
}
