package org.onecycle.notebook;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * The forms in which a notebook may show an object; it takes the richest that it can.
 *
 * @param byType the content by MIME type
 */
record Shown(Map<String, String> byType) {
  static final String TEXT = "text/plain";
  static final String HTML = "text/html";
  static final String PNG = "image/png";

  static Shown text(String text) {
    return new Shown(Map.of(TEXT, text));
  }

  static Shown html(String html, String text) {
    return both(HTML, html, text);
  }

  static Shown picture(BufferedImage picture, String text) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be written as PNG", e);
    }
    return both(PNG, Base64.getMimeEncoder().encodeToString(png.toByteArray()), text);
  }

  private static Shown both(String type, String content, String text) {
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put(type, content);
    forms.put(TEXT, text);
    return new Shown(forms);
  }

  /** Returns the MIME type of the richest form. */
  String best() {
    return byType.keySet().stream().filter(t -> !t.equals(TEXT)).findFirst().orElse(TEXT);
  }
}
