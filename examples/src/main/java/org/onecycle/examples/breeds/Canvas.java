package org.onecycle.examples.breeds;

import org.onecycle.vision.image.Image;

/** Pixels as numbers, and the drawing of blobs on them with soft edges and round shading. */
final class Canvas {
  /** The colour of a place of a blob, in the animal's own coordinates. */
  interface Paint {
    Rgb at(double x, double y, Blob place);
  }

  /** The colour of a place of the background, from 0 to 1 across and down. */
  interface Ground {
    Rgb at(double x, double y);
  }

  final int size;
  private final double[] pixels;

  /** From the animal's coordinates to pixels: a turn, a scale, maybe a mirror, and a shift. */
  private double xx;

  private double xy;
  private double yx;
  private double yy;
  private double shiftX;
  private double shiftY;

  private double lightX;
  private double lightY;

  Canvas(int size) {
    this.size = size;
    this.pixels = new double[size * size * 3];
  }

  /** Where the following blobs go. */
  void frame(double scale, double angle, boolean mirrored, double x, double y) {
    double sin = StrictMath.sin(angle);
    double cos = StrictMath.cos(angle);
    double side = mirrored ? -scale : scale;
    xx = cos * side;
    xy = -sin * scale;
    yx = sin * side;
    yy = cos * scale;
    shiftX = x;
    shiftY = y;
  }

  /** Where the light comes from, in pixels' directions; longer is harder. */
  void light(double x, double y) {
    lightX = x;
    lightY = y;
  }

  void fill(Ground ground) {
    for (int py = 0; py < size; py++) {
      for (int px = 0; px < size; px++) {
        blend(px, py, ground.at((px + 0.5) / size, (py + 0.5) / size), 1);
      }
    }
  }

  /** A shaded blob. Its outline is moved outwards by {@code tufts} times a noise of fur. */
  void draw(Blob blob, Paint paint, Noise noise, double tufts) {
    scan(
        blob,
        tufts,
        (px, py, x, y) -> {
          blob.at(x, y);
          double edge = blob.distance - (tufts == 0 ? 0 : tufts * noise.value(x * 24, y * 24));
          double cover = cover(edge);
          if (cover > 0) {
            double rim = Math.max(0, Math.min(1, 1 + edge / blob.radius));
            double nx = blob.gradientX * rim;
            double ny = blob.gradientY * rim;
            double determinant = Math.abs(xx * yy - xy * yx);
            double root = Math.sqrt(determinant);
            double lit =
                (nx * (xx * lightX + yx * lightY) + ny * (xy * lightX + yy * lightY)) / root;
            double shade = 0.8 + 0.2 * Math.sqrt(1 - rim * rim) + lit;
            blend(px, py, paint.at(x, y, blob).times(shade), cover);
          }
        });
  }

  /** A flat or half transparent blob with an edge of the given softness. */
  void stain(Blob blob, Rgb colour, double strength, double softness) {
    scan(
        blob,
        softness,
        (px, py, x, y) -> {
          blob.at(x, y);
          double cover =
              softness == 0
                  ? cover(blob.distance)
                  : Math.max(0, Math.min(1, 0.5 - blob.distance / (2 * softness)));
          blend(px, py, colour, strength * cover);
        });
  }

  private interface Visit {
    void pixel(int px, int py, double x, double y);
  }

  private void scan(Blob blob, double margin, Visit visit) {
    double[] box = blob.bounds();
    double determinant = xx * yy - xy * yx;
    double pad = 1 + margin * Math.sqrt(Math.abs(determinant));
    double left = size;
    double top = size;
    double right = 0;
    double bottom = 0;
    for (int corner = 0; corner < 4; corner++) {
      double x = box[(corner & 1) * 2];
      double y = box[(corner & 2) + 1];
      double px = xx * x + xy * y + shiftX;
      double py = yx * x + yy * y + shiftY;
      left = Math.min(left, px - pad);
      right = Math.max(right, px + pad);
      top = Math.min(top, py - pad);
      bottom = Math.max(bottom, py + pad);
    }
    for (int py = Math.max(0, (int) top); py < Math.min(size, bottom); py++) {
      for (int px = Math.max(0, (int) left); px < Math.min(size, right); px++) {
        double dx = px + 0.5 - shiftX;
        double dy = py + 0.5 - shiftY;
        visit.pixel(px, py, (yy * dx - xy * dy) / determinant, (xx * dy - yx * dx) / determinant);
      }
    }
  }

  /** How much of a pixel lies inside an outline at this distance. */
  private double cover(double distance) {
    double pixelsAway = distance * Math.sqrt(Math.abs(xx * yy - xy * yx));
    return Math.max(0, Math.min(1, 0.5 - pixelsAway));
  }

  private void blend(int px, int py, Rgb colour, double share) {
    int i = (py * size + px) * 3;
    pixels[i] += share * (colour.r() - pixels[i]);
    pixels[i + 1] += share * (colour.g() - pixels[i + 1]);
    pixels[i + 2] += share * (colour.b() - pixels[i + 2]);
  }

  /** The picture as a camera of this exposure, tint, vignette and grain takes it. */
  Image develop(Rgb tint, double vignette, double grain, Noise noise) {
    byte[] out = new byte[pixels.length];
    for (int py = 0, i = 0; py < size; py++) {
      for (int px = 0; px < size; px++) {
        double dx = 2 * (px + 0.5) / size - 1;
        double dy = 2 * (py + 0.5) / size - 1;
        double fall = 1 - vignette * (dx * dx + dy * dy);
        double speck = grain * (noise.value(px * 2.7, py * 2.7) - 0.5);
        out[i] = level(pixels[i] * tint.r() * fall + speck);
        out[i + 1] = level(pixels[i + 1] * tint.g() * fall + speck);
        out[i + 2] = level(pixels[i + 2] * tint.b() * fall + speck);
        i += 3;
      }
    }
    return Image.of(size, size, 3, out);
  }

  private static byte level(double value) {
    return (byte) (int) (255 * Math.max(0, Math.min(1, value)) + 0.5);
  }
}
