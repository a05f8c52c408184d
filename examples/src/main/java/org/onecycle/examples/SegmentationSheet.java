package org.onecycle.examples;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.onecycle.data.Splits;
import org.onecycle.learner.Learner;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.Mask;

/** Draws scenes, their masks and predicted masks in three columns. */
final class SegmentationSheet {
  private static final int ROWS = 4;
  private static final int WIDTH = 256;
  private static final int MARGIN = 8;

  private SegmentationSheet() {}

  static void draw(Learner learn, List<Path> files, Splits splits, Path labels, Path target) {
    int[] valid = splits.valid();
    int rows = Math.min(ROWS, valid.length);
    Image first = Image.open(files.get(valid[0]));
    int height = WIDTH * first.height() / first.width();
    BufferedImage sheet =
        new BufferedImage(
            3 * (WIDTH + MARGIN) + MARGIN,
            rows * (height + MARGIN) + MARGIN,
            BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = sheet.createGraphics();
    for (int i = 0; i < rows; i++) {
      Path file = files.get(valid[i]);
      Mask truth = Mask.open(CamvidExample.maskOf(file, labels));
      Mask said = (Mask) learn.predict(file).decoded();
      BufferedImage[] row = {
        Image.open(file).toBufferedImage(), truth.toBufferedImage(), said.toBufferedImage()
      };
      for (int k = 0; k < row.length; k++) {
        int x = MARGIN + k * (WIDTH + MARGIN);
        g.drawImage(row[k], x, MARGIN + i * (height + MARGIN), WIDTH, height, null);
      }
    }
    g.dispose();
    Image.of(sheet).save(target);
  }
}
