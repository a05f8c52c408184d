package org.onecycle.examples.drawings;

import java.nio.file.Path;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.Image;

/**
 * Threes and sevens drawn by strokes of a shaking hand, 28 x 28 pixels, white on black as in MNIST.
 * One seed gives the same pixels on every machine.
 */
public final class InventedDigits {
  private static final int SIDE = 28;
  private static final int VALID_PART = 5;
  private static final double[][] THREE = {
    {-.6, -.7},
    {-.2, -1},
    {.3, -.95},
    {.6, -.6},
    {.45, -.2},
    {0, -.02},
    {.5, .2},
    {.65, .6},
    {.3, .95},
    {-.2, 1},
    {-.65, .7}
  };
  private static final double[][] SEVEN = {
    {-.65, -.85}, {-.2, -.9}, {.25, -.9}, {.65, -.9}, {.4, -.4}, {.2, .1}, {0, .55}, {-.15, 1}
  };

  private InventedDigits() {}

  /**
   * Writes digits to {@code train/3}, {@code train/7}, {@code valid/3} and {@code valid/7}; every
   * fifth is for validation.
   *
   * @param each how many of each
   */
  public static void write(Path folder, int each, long seed) {
    for (int digit : new int[] {3, 7}) {
      for (int i = 0; i < each; i++) {
        Path part = folder.resolve(i % VALID_PART == 0 ? "valid" : "train");
        generate(digit, Rng.of(seed, digit, i)).save(part.resolve(digit + "/" + i + ".png"));
      }
    }
  }

  /**
   * Draws a digit.
   *
   * @param digit 3 or 7
   */
  public static Image generate(int digit, Rng rng) {
    if (digit != 3 && digit != 7) {
      throw new IllegalArgumentException("InventedDigits expects 3 or 7, got " + digit);
    }
    double[][] stroke = shaken(digit == 3 ? THREE : SEVEN, rng);
    double thick = rng.nextDouble(.9, 1.9);
    byte[] rgb = new byte[3 * SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double far = Double.MAX_VALUE;
        for (int k = 1; k < stroke.length; k++) {
          far = Math.min(far, distance(x, y, stroke[k - 1], stroke[k]));
        }
        byte level = (byte) Math.round(255 * Math.max(0, Math.min(1, thick + .5 - far)));
        int at = 3 * (y * SIDE + x);
        rgb[at] = level;
        rgb[at + 1] = level;
        rgb[at + 2] = level;
      }
    }
    return Image.of(SIDE, SIDE, 3, rgb);
  }

  private static double[][] shaken(double[][] points, Rng rng) {
    double high = rng.nextDouble(7, 9.5);
    double wide = high * rng.nextDouble(.6, 1);
    double slant = rng.nextDouble(-.35, .35);
    double turn = rng.nextDouble(-.25, .25);
    double dx = rng.nextDouble(-2, 2);
    double dy = rng.nextDouble(-1.5, 1.5);
    double[][] out = new double[points.length][];
    for (int i = 0; i < points.length; i++) {
      double x = wide * (points[i][0] - slant * points[i][1] + .1 * rng.nextGaussian());
      double y = high * (points[i][1] + .07 * rng.nextGaussian());
      out[i] =
          new double[] {
            SIDE / 2.0 + dx + x * StrictMath.cos(turn) - y * StrictMath.sin(turn),
            SIDE / 2.0 + dy + x * StrictMath.sin(turn) + y * StrictMath.cos(turn)
          };
    }
    return out;
  }

  private static double distance(double x, double y, double[] a, double[] b) {
    double dx = b[0] - a[0];
    double dy = b[1] - a[1];
    double t = ((x - a[0]) * dx + (y - a[1]) * dy) / Math.max(1e-9, dx * dx + dy * dy);
    t = Math.max(0, Math.min(1, t));
    double ex = a[0] + t * dx - x;
    double ey = a[1] + t * dy - y;
    return Math.sqrt(ex * ex + ey * ey);
  }
}
