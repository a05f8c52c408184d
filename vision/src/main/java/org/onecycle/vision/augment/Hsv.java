package org.onecycle.vision.augment;

/** Colours as hue, saturation and value, each from 0 to 1. */
final class Hsv {
  private Hsv() {}

  /** Shifts the hue of a picture {@code [3, plane]}. */
  static void shift(float[] values, int start, int plane, double shift) {
    float[] pixel = new float[3];
    for (int i = start; i < start + plane; i++) {
      pixel[0] = values[i];
      pixel[1] = values[i + plane];
      pixel[2] = values[i + 2 * plane];
      fromRgb(pixel);
      double hue = pixel[0] + shift;
      pixel[0] = (float) (hue - Math.floor(hue));
      toRgb(pixel);
      values[i] = pixel[0];
      values[i + plane] = pixel[1];
      values[i + 2 * plane] = pixel[2];
    }
  }

  /** In place; grey has hue and saturation 0. */
  static void fromRgb(float[] p) {
    float r = p[0];
    float g = p[1];
    float b = p[2];
    float high = Math.max(r, Math.max(g, b));
    float span = high - Math.min(r, Math.min(g, b));
    float hue = 0;
    if (span > 0) {
      if (high == r) {
        hue = (g - b) / span;
      } else if (high == g) {
        hue = 2 + (b - r) / span;
      } else {
        hue = 4 + (r - g) / span;
      }
    }
    p[0] = (hue < 0 ? hue + 6 : hue) / 6;
    p[1] = high > 0 ? span / high : 0;
    p[2] = high;
  }

  /** In place. */
  static void toRgb(float[] p) {
    float six = p[0] * 6;
    float value = p[2];
    float depth = value * p[1];
    p[0] = value - depth * part(5 + six);
    p[1] = value - depth * part(3 + six);
    p[2] = value - depth * part(1 + six);
  }

  /** How much of the depth a colour loses: 1 far from it, 0 near it. */
  private static float part(float k) {
    float at = k >= 6 ? k - 6 : k;
    return Math.max(0, Math.min(1, Math.min(at, 4 - at)));
  }
}
