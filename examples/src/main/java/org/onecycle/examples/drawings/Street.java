package org.onecycle.examples.drawings;

import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.Image;
import org.onecycle.vision.image.Mask;

/** One street scene: far things first, near ones over them. */
public final class Street {
  private static final int SKY = 0;
  private static final int BUILDING = 1;
  private static final int ROAD = 2;
  private static final int SIDEWALK = 3;
  private static final int TREE = 4;
  private static final int CAR = 5;
  private static final int PEDESTRIAN = 6;
  private static final int VOID = 7;

  private final Rng rng;
  private final int width;
  private final int height;
  private final byte[] rgb;
  private final byte[] codes;
  private final double[] light = new double[3];

  /** Whether a pixel belongs to a shape. */
  private interface Shape {
    boolean has(int x, int y);
  }

  Street(Rng rng, int width, int height) {
    this.rng = rng;
    this.width = width;
    this.height = height;
    rgb = new byte[3 * width * height];
    codes = new byte[width * height];
    for (int c = 0; c < 3; c++) {
      light[c] = rng.nextDouble(.75, 1.1);
    }
    paint();
  }

  /** The picture. */
  public Image picture() {
    return Image.of(width, height, 3, rgb);
  }

  /** What each pixel shows. */
  public Mask mask() {
    return Mask.of(width, height, codes);
  }

  private void paint() {
    int horizon = (int) (height * rng.nextDouble(.4, .58));
    double vanish = width * rng.nextDouble(.3, .7);
    double sky = rng.nextDouble(130, 230);
    fill(SKY, (x, y) -> true, sky - 30, sky, rng.nextDouble(170, 245), 6);
    buildings(horizon);
    fill(SIDEWALK, (x, y) -> y >= horizon, grey(120, 190), 10);
    double half = rng.nextDouble(.35, .6);
    fill(
        ROAD,
        (x, y) ->
            y >= horizon
                && Math.abs(x - vanish) < 2 + half * width * (y - horizon) / (height - horizon),
        grey(60, 130),
        8);
    for (int i = rng.nextInt(4); i > 0; i--) {
      tree(horizon);
    }
    for (int i = 1 + rng.nextInt(3); i > 0; i--) {
      car(horizon, vanish);
    }
    for (int i = rng.nextInt(3); i > 0; i--) {
      pedestrian(horizon);
    }
    if (rng.nextBoolean(.6)) {
      int post = rng.nextInt(width);
      fill(VOID, (x, y) -> Math.abs(x - post) < 2 && y > height / 5, grey(20, 220), 5);
    }
  }

  private void buildings(int horizon) {
    int left = 0;
    while (left < width) {
      int from = left;
      int to = left + 8 + rng.nextInt(width / 4);
      int top = (int) (horizon * rng.nextDouble(.05, .8));
      double[] wall = colour(90, 200);
      int pane = 3 + rng.nextInt(4);
      fill(BUILDING, (x, y) -> x >= from && x < to && y >= top && y < horizon, wall, 8);
      double[] glass = colour(30, 120);
      fill(
          BUILDING,
          (x, y) ->
              x > from
                  && x < to - 1
                  && y > top
                  && y < horizon - 2
                  && (x - from) % pane == 1
                  && (y - top) % (pane + 1) == 2,
          glass,
          5);
      left = to + (rng.nextBoolean(.3) ? 2 + rng.nextInt(8) : 0);
    }
  }

  private void tree(int horizon) {
    int at = rng.nextInt(width);
    double r = height * rng.nextDouble(.1, .2);
    double foot = horizon + height * rng.nextDouble(0, .15);
    double top = foot - r * rng.nextDouble(1.6, 2.6);
    double[] leaves = {rng.nextDouble(30, 110), rng.nextDouble(80, 150), rng.nextDouble(20, 70)};
    fill(
        TREE,
        (x, y) -> Math.abs(x - at) < 1 + r / 8 && y > top && y < foot,
        new double[] {90, 65, 45},
        8);
    fill(TREE, (x, y) -> (x - at) * (x - at) + (y - top) * (y - top) < r * r, leaves, 25);
  }

  private void car(int horizon, double vanish) {
    double near = rng.nextDouble(.15, .9);
    double bottom = horizon + near * (height - horizon);
    double w = width * (.06 + .2 * near);
    double h = w * rng.nextDouble(.45, .6);
    double at = vanish + rng.nextDouble(-.8, .8) * near * width * .45;
    double[] paint = colour(20, 240);
    fill(
        CAR,
        (x, y) -> {
          double u = Math.abs(x - at) / (w / 2);
          double v = (bottom - y) / h;
          return v >= 0 && v < 1 && u < (v < .5 ? 1 : .75 - .4 * (v - .5));
        },
        paint,
        6);
    fill(
        CAR,
        (x, y) -> Math.abs(x - at) < w * .25 && bottom - y > h * .55 && bottom - y < h * .9,
        grey(20, 60),
        4);
    fill(
        CAR,
        (x, y) -> Math.abs(Math.abs(x - at) - w * .32) < w * .1 && Math.abs(bottom - y) < h * .16,
        grey(10, 35),
        3);
  }

  private void pedestrian(int horizon) {
    double at = rng.nextDouble() * width;
    double bottom = horizon + rng.nextDouble(.2, .7) * (height - horizon);
    double h = height * rng.nextDouble(.15, .25);
    double[] coat = colour(20, 230);
    fill(
        PEDESTRIAN,
        (x, y) -> Math.abs(x - at) < h * .16 && y > bottom - h * .8 && y < bottom,
        coat,
        8);
    double r = h * .13;
    fill(
        PEDESTRIAN,
        (x, y) -> (x - at) * (x - at) + (y - bottom + h * .9) * (y - bottom + h * .9) < r * r + 1,
        new double[] {200, 150, 120},
        8);
  }

  private double[] grey(double low, double high) {
    double g = rng.nextDouble(low, high);
    return new double[] {g, g, g + rng.nextDouble(-10, 10)};
  }

  private double[] colour(double low, double high) {
    return new double[] {
      rng.nextDouble(low, high), rng.nextDouble(low, high), rng.nextDouble(low, high)
    };
  }

  private void fill(int code, Shape shape, double r, double g, double b, double grain) {
    fill(code, shape, new double[] {r, g, b}, grain);
  }

  private void fill(int code, Shape shape, double[] colour, double grain) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (shape.has(x, y)) {
          int at = y * width + x;
          codes[at] = (byte) code;
          double speck = grain * rng.nextGaussian();
          for (int c = 0; c < 3; c++) {
            double v = light[c] * (colour[c] + speck);
            rgb[3 * at + c] = (byte) Math.max(0, Math.min(255, Math.round(v)));
          }
        }
      }
    }
  }
}
