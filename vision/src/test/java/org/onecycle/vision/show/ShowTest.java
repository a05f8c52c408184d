package org.onecycle.vision.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.metric.Metrics.accuracy;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Categorize;
import org.onecycle.data.Column;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Datasets;
import org.onecycle.data.Splitters;
import org.onecycle.learner.Learner;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.AdaptiveAvgPool2d;
import org.onecycle.nn.Flatten;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Sequential;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.Normalize;
import org.onecycle.vision.image.OpenImage;
import org.onecycle.vision.image.Resize;

class ShowTest {
  private static final int WHITE = 0xFFFFFF;

  @TempDir static Path dir;
  private static Learner learn;

  /** Red and blue squares; the model only sees the mean colour. */
  @BeforeAll
  static void train() {
    Rng rng = new Rng(3);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      byte[] pixels = new byte[20 * 12 * 3];
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] =
            (byte) (p % 3 == (i % 2 == 0 ? 0 : 2) ? 150 + rng.nextInt(100) : rng.nextInt(90));
      }
      Path file = dir.resolve((i % 2 == 0 ? "red_" : "blue_") + i + ".png");
      Image.of(20, 12, 3, pixels).save(file);
      files.add(file);
    }
    DataLoaders dls =
        DataLoaders.builder(
                Datasets.of(
                    files,
                    Splitters.<Path>random(1).split(files),
                    List.of(
                        Column.of((Path f) -> f, new OpenImage()),
                        Column.of(
                            (Path f) -> f.getFileName().toString().split("_")[0],
                            new Categorize()))))
            .bs(8)
            .workers(0)
            .itemTfms(new Resize(16))
            .batchTfms(Normalize.imagenet())
            .build();
    learn =
        Learner.of(dls, new Sequential(new AdaptiveAvgPool2d(1), new Flatten(), new Linear(3, 2)))
            .lossFunc(new CrossEntropyLossFlat())
            .metrics(accuracy())
            .progress(ProgressOutput.none())
            .build();
    learn.fit(3, 0.1);
  }

  private static int colours(BufferedImage sheet, int rgb) {
    int n = 0;
    for (int y = 0; y < sheet.getHeight(); y++) {
      for (int x = 0; x < sheet.getWidth(); x++) {
        n += (sheet.getRGB(x, y) & WHITE) == rgb ? 1 : 0;
      }
    }
    return n;
  }

  @Test
  void aBatchIsShownAsItWas() {
    BufferedImage sheet = Show.showBatch(learn.dls(), 6);
    assertEquals(3 * 176, sheet.getWidth());
    assertEquals(2 * (160 + 18 + 16), sheet.getHeight());
    // The middle of the first picture is reddish or bluish again, not normalised.
    int rgb = sheet.getRGB(88, 88);
    int red = rgb >> 16 & 0xFF;
    int blue = rgb & 0xFF;
    assertTrue(Math.abs(red - blue) > 40, "red " + red + ", blue " + blue);
  }

  @Test
  void resultsAndTopLosses() throws Exception {
    assertEquals(1, learn.validate().metrics().get("accuracy"), 1e-9);
    BufferedImage results = Show.showResults(learn, 9);
    BufferedImage worst = Show.topLosses(learn, 3);
    assertTrue(colours(results, 0x1b7f3b) > 50, "right answers are green");
    assertEquals(0, colours(results, 0xb3261e), "nothing is wrong");
    assertTrue(colours(worst, 0x1b7f3b) > 50);
    String keep = System.getProperty("onecycle.pictures");
    if (keep != null) {
      Files.createDirectories(Path.of(keep));
      Image.of(results).save(Path.of(keep, "results.png"));
      Image.of(worst).save(Path.of(keep, "worst.png"));
      Image.of(Show.showBatch(learn.dls(), 6)).save(Path.of(keep, "batch.png"));
      long[][] counts = {{40, 3, 0}, {1, 52, 2}, {0, 9, 31}};
      Image.of(Show.confusionMatrix(counts, List.of("Abyssinian", "Bengal", "american bulldog")))
          .save(Path.of(keep, "confusion.png"));
    }
  }

  @Test
  void confusionMatrixNeedsANameAClass() {
    long[][] counts = {{3, 1}, {0, 4}};
    BufferedImage sheet = Show.confusionMatrix(counts, List.of("cat", "dog"));
    assertTrue(colours(sheet, 0x0b4f9e) > 100, "a row without mistakes is full");
    assertThrows(
        IllegalArgumentException.class, () -> Show.confusionMatrix(counts, List.of("cat")));
  }
}
