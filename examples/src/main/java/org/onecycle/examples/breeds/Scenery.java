package org.onecycle.examples.breeds;

import org.onecycle.examples.breeds.Blob.Part;
import org.onecycle.tensor.Rng;

/** The place behind an animal: a far and a near ground of any colours, and things lying about. */
final class Scenery {
  private static final int[] FAR = {
    0xa9c7dd, 0xd7dfe4, 0x8a9a6a, 0xc8b79c, 0x6f7f8f, 0xb98f74, 0xe0d8c4, 0x54685a, 0x9b7f99,
    0x42424c
  };
  private static final int[] NEAR = {
    0x6f9048, 0xb7a06e, 0x8b6a48, 0xd9d6cf, 0x777a80, 0x4f6a3c, 0x9c4f44, 0xc9b48c, 0x3f4a5a,
    0xa88a9a
  };

  private Scenery() {}

  static void draw(Canvas canvas, double horizon, Noise noise, Rng rng) {
    Rgb far = colour(FAR, rng);
    Rgb farther = far.mix(colour(FAR, rng), 0.4);
    Rgb near = colour(NEAR, rng);
    Rgb nearer = near.mix(colour(NEAR, rng), 0.35);
    int texture = rng.nextInt(4);
    double grain = rng.nextDouble(3, 16);
    double bumps = rng.nextDouble(0, 0.06);
    boolean wall = rng.nextBoolean(0.4);
    canvas.fill(
        (x, y) -> {
          double line = horizon + bumps * (noise.value(x * 4, 3) - 0.5) * 4;
          double below = Math.max(0, Math.min(1, 0.5 + (y - line) * canvas.size));
          Rgb up = far;
          Rgb down = near;
          if (below < 1) {
            double rough = wall ? weave(texture, x, y, grain) : noise.cloud(x * 3, y * 6);
            up = farther.mix(far, y / line).times(0.86 + 0.26 * rough);
          }
          if (below > 0) {
            double rough = noise.cloud(x * grain, y * grain * 2.2);
            down = near.mix(nearer, (y - line) / (1.001 - line)).times(0.78 + 0.42 * rough);
          }
          return up.mix(down, below);
        });
    canvas.frame(canvas.size, 0, false, 0, 0);
    int things = rng.nextInt(5);
    for (int i = 0; i < things; i++) {
      thing(canvas, horizon, noise, rng);
    }
  }

  private static double weave(int texture, double x, double y, double grain) {
    int a = (int) Math.floor(x * grain * 0.6);
    int b = (int) Math.floor(y * grain * 0.6);
    return switch (texture) {
      case 0 -> a & 1;
      case 1 -> (a + b) & 1;
      case 2 -> b & 1;
      default -> 0.5;
    };
  }

  /** A bush, a stone, a post or a cushion, often in the colours of coats. */
  private static void thing(Canvas canvas, double horizon, Noise noise, Rng rng) {
    double x = rng.nextDouble();
    double y = horizon + rng.nextDouble(-0.08, 0.25);
    double r = rng.nextDouble(0.03, 0.13);
    Blob blob = new Blob(0.03);
    switch (rng.nextInt(4)) {
      case 0 -> {
        for (int i = 0; i < 4; i++) {
          blob.ball(Part.BODY, x + rng.nextDouble(-r, r), y - rng.nextDouble() * r, r * 0.7);
        }
      }
      case 1 -> blob.cone(Part.BODY, x, y, r * 0.35, x, y - 4 * r, r * 0.3);
      case 2 -> blob.cone(Part.BODY, x - r, y, r * 0.7, x + r, y, r * 0.5);
      default -> blob.ball(Part.BODY, x, y, r);
    }
    Rgb own =
        rng.nextBoolean(0.5)
            ? colour(NEAR, rng)
            : Breed.ALL.get(rng.nextInt(Breed.ALL.size())).coat().mix(colour(FAR, rng), 0.3);
    double rough = rng.nextDouble(8, 40);
    canvas.draw(
        blob,
        (px, py, place) -> own.times(0.75 + 0.4 * noise.value(px * rough, py * rough)),
        noise,
        0.01);
  }

  private static Rgb colour(int[] from, Rng rng) {
    Rgb base = Rgb.of(from[rng.nextInt(from.length)]);
    Rgb tint =
        new Rgb(rng.nextDouble(0.85, 1.15), rng.nextDouble(0.85, 1.15), rng.nextDouble(0.85, 1.15));
    return base.times(tint);
  }
}
