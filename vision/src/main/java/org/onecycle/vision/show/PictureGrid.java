package org.onecycle.vision.show;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.Picture;

/**
 * A sheet of pictures with captions.
 *
 * <pre>{@code
 * PictureGrid grid = new PictureGrid(3, 160);
 * grid.add(List.of(photo), "great pyrenees");
 * grid.save(Path.of("sheet.png"));
 * }</pre>
 */
public final class PictureGrid {
  private static final int LINE = 18;
  private static final int MARGIN = 8;
  private static final Color PLAIN = new Color(0x202020);
  private static final Color RIGHT = new Color(0x1b7f3b);
  private static final Color WRONG = new Color(0xb3261e);

  private record Cell(List<BufferedImage> pictures, String[] lines, Color colour) {}

  private final int columns;
  private final int side;
  private final List<Cell> cells = new ArrayList<>();

  /**
   * An empty sheet.
   *
   * @param columns cells in a row
   * @param side the longer side of a picture in pixels
   */
  public PictureGrid(int columns, int side) {
    if (columns < 1 || side < 8) {
      throw new IllegalArgumentException(
          "A grid expects a column and 8 pixels at least, got " + columns + " and " + side);
    }
    this.columns = columns;
    this.side = side;
  }

  /** Adds a cell of pictures side by side; the caption may have several lines. */
  public PictureGrid add(List<? extends Picture> pictures, String caption) {
    return add(pictures, caption, PLAIN);
  }

  /** Adds a cell whose caption is green if an answer was right, else red. */
  public PictureGrid add(List<? extends Picture> pictures, String caption, boolean right) {
    return add(pictures, caption, right ? RIGHT : WRONG);
  }

  private PictureGrid add(List<? extends Picture> pictures, String caption, Color colour) {
    List<BufferedImage> images = pictures.stream().map(p -> fit(p.toBufferedImage())).toList();
    cells.add(new Cell(images, caption.split("\n"), colour));
    return this;
  }

  private BufferedImage fit(BufferedImage picture) {
    double scale = (double) side / Math.max(picture.getWidth(), picture.getHeight());
    int w = Math.max(1, (int) Math.round(picture.getWidth() * scale));
    int h = Math.max(1, (int) Math.round(picture.getHeight() * scale));
    BufferedImage out = new BufferedImage(w, h, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = out.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        scale < 2
            ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
            : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.drawImage(picture, 0, 0, w, h, null);
    g.dispose();
    return out;
  }

  /** Draws the sheet. */
  public BufferedImage draw() {
    int most = cells.stream().mapToInt(c -> c.pictures.size()).max().orElse(1);
    int lines = cells.stream().mapToInt(c -> c.lines.length).max().orElse(0);
    int width = Math.max(1, most) * side + 2 * MARGIN;
    int height = side + lines * LINE + 2 * MARGIN;
    int rows = Math.max(1, (cells.size() + columns - 1) / columns);
    BufferedImage sheet =
        new BufferedImage(columns * width, rows * height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = sheet.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    for (int i = 0; i < cells.size(); i++) {
      draw(g, cells.get(i), i % columns * width + MARGIN, i / columns * height + MARGIN, width);
    }
    g.dispose();
    return sheet;
  }

  private void draw(Graphics2D g, Cell cell, int left, int top, int width) {
    int x = left;
    for (BufferedImage picture : cell.pictures) {
      g.drawImage(picture, x, top + (side - picture.getHeight()) / 2, null);
      x += side;
    }
    g.setColor(cell.colour);
    for (int i = 0; i < cell.lines.length; i++) {
      String text = cut(cell.lines[i], g.getFontMetrics(), width - 2 * MARGIN);
      g.drawString(text, left, top + side + (i + 1) * LINE - 3);
    }
  }

  static String cut(String text, FontMetrics font, int width) {
    String t = text;
    while (font.stringWidth(t) > width && t.length() > 1) {
      t = t.substring(0, t.length() - (t.endsWith("…") ? 2 : 1)) + "…";
    }
    return t;
  }

  /** Writes the sheet to a .png or .jpg file. */
  public void save(Path file) {
    Image.of(draw()).save(file);
  }
}
