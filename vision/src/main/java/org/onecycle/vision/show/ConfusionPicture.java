package org.onecycle.vision.show;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** A confusion matrix as a picture: actual classes in rows, predicted ones in columns. */
final class ConfusionPicture {
  private static final int MARGIN = 12;
  private static final Color INK = new Color(0x202020);
  private static final Color FULL = new Color(0x0b4f9e);

  private final long[][] counts;
  private final List<String> vocab;

  ConfusionPicture(long[][] counts, List<String> vocab) {
    if (counts.length != vocab.size()) {
      throw new IllegalArgumentException(
          "A confusion matrix of "
              + counts.length
              + " classes expects as many names, got "
              + vocab.size());
    }
    this.counts = counts;
    this.vocab = vocab;
  }

  BufferedImage draw() {
    int n = counts.length;
    int cell = Math.max(14, Math.min(56, 720 / Math.max(1, n)));
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(9, Math.min(13, cell - 4)));
    FontMetrics metrics =
        new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR).createGraphics().getFontMetrics(font);
    int names = 0;
    for (String v : vocab) {
      names = Math.max(names, metrics.stringWidth(v));
    }
    names = Math.min(names, 220);
    int left = MARGIN + metrics.getHeight() + 8 + names + 8;
    int top = MARGIN;
    int bottom = names + 8 + metrics.getHeight() + 8 + MARGIN;
    BufferedImage out =
        new BufferedImage(
            left + n * cell + MARGIN, top + n * cell + bottom, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = out.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, out.getWidth(), out.getHeight());
    g.setFont(font);
    for (int actual = 0; actual < n; actual++) {
      row(g, actual, left, top + actual * cell, cell);
      g.setColor(INK);
      String name = PictureGrid.cut(vocab.get(actual), metrics, names);
      g.drawString(
          name,
          left - 8 - metrics.stringWidth(name),
          top + actual * cell + (cell + metrics.getAscent()) / 2 - 1);
    }
    for (int p = 0; p < n; p++) {
      String name = PictureGrid.cut(vocab.get(p), metrics, names);
      upright(
          g,
          name,
          left + p * cell + (cell + metrics.getAscent()) / 2 - 1,
          top + n * cell + 8 + metrics.stringWidth(name));
    }
    g.drawString("predicted", left, out.getHeight() - MARGIN);
    upright(g, "actual", MARGIN + metrics.getAscent(), top + metrics.stringWidth("actual"));
    g.dispose();
    return out;
  }

  private void row(Graphics2D g, int actual, int x, int y, int cell) {
    long total = 0;
    for (long c : counts[actual]) {
      total += c;
    }
    FontMetrics metrics = g.getFontMetrics();
    for (int p = 0; p < counts[actual].length; p++) {
      double share = total == 0 ? 0 : (double) counts[actual][p] / total;
      g.setColor(blend(share));
      g.fillRect(x + p * cell, y, cell - 1, cell - 1);
      String text = Long.toString(counts[actual][p]);
      if (counts[actual][p] > 0 && metrics.stringWidth(text) < cell) {
        g.setColor(share > 0.5 ? Color.WHITE : INK);
        g.drawString(
            text,
            x + p * cell + (cell - metrics.stringWidth(text)) / 2,
            y + (cell + metrics.getAscent()) / 2 - 1);
      }
    }
  }

  private static Color blend(double share) {
    double s = Math.sqrt(share);
    return new Color(
        (int) (240 + s * (FULL.getRed() - 240)),
        (int) (244 + s * (FULL.getGreen() - 244)),
        (int) (250 + s * (FULL.getBlue() - 250)));
  }

  private static void upright(Graphics2D g, String text, int x, int y) {
    g.rotate(-Math.PI / 2, x, y);
    g.drawString(text, x, y);
    g.rotate(Math.PI / 2, x, y);
  }
}
