package org.onecycle.bench;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Photos to decode: given ones, or drawn ones of the usual size and much detail. */
final class Photos {
  private static final Pattern JPEG = Pattern.compile("\\.jpe?g$", Pattern.CASE_INSENSITIVE);
  private static final int COUNT = 64;
  private static final int WIDTH = 500;
  private static final int HEIGHT = 375;
  private static final int SHAPES = 400;
  private static final int NOISE = 24;

  private Photos() {}

  /**
   * Returns the files of a row; draws them unless some are given. None for a row that reads none.
   */
  static List<Path> files(Row row, Path given, Path work) {
    if (row.isNetwork()) {
      return List.of();
    }
    Path folder = given == null ? drawn(work.resolve("photos")) : given.toAbsolutePath();
    List<Path> files = jpegs(folder);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("there are no JPEG files below " + folder);
    }
    return files;
  }

  /** Returns the JPEG files below a folder, sorted. */
  static List<Path> jpegs(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(f -> JPEG.matcher(f.toString()).find()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path drawn(Path folder) {
    if (!Files.exists(folder)) {
      try {
        Files.createDirectories(folder);
        for (int i = 0; i < COUNT; i++) {
          draw(new Random(i), folder.resolve("photo%02d.jpg".formatted(i)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folder;
  }

  private static void draw(Random random, Path file) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    for (int i = 0; i < SHAPES; i++) {
      int x = random.nextInt(WIDTH);
      int y = random.nextInt(HEIGHT);
      int size = 10 + random.nextInt(100);
      g.setPaint(new GradientPaint(x, y, color(random), x + size, y + size, color(random)));
      g.fillOval(x - size / 2, y - size / 2, size, size / 2 + random.nextInt(size));
    }
    g.dispose();
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        Color c = new Color(image.getRGB(x, y));
        int n = random.nextInt(NOISE) - NOISE / 2;
        image.setRGB(
            x,
            y,
            new Color(level(c.getRed() + n), level(c.getGreen() + n), level(c.getBlue() + n))
                .getRGB());
      }
    }
    ImageIO.write(image, "jpg", file.toFile());
  }

  private static Color color(Random random) {
    return new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256));
  }

  private static int level(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
