package org.onecycle.examples.breeds;

/** A colour, each part from 0 to 1. */
record Rgb(double r, double g, double b) {
  static Rgb of(int hex) {
    return new Rgb((hex >> 16 & 255) / 255.0, (hex >> 8 & 255) / 255.0, (hex & 255) / 255.0);
  }

  Rgb mix(Rgb other, double share) {
    return new Rgb(r + share * (other.r - r), g + share * (other.g - g), b + share * (other.b - b));
  }

  Rgb times(double factor) {
    return new Rgb(r * factor, g * factor, b * factor);
  }

  Rgb times(Rgb tint) {
    return new Rgb(r * tint.r, g * tint.g, b * tint.b);
  }
}
