package org.onecycle.vision.augment;

/**
 * What is to happen to one picture: where each place of the result is looked up, and the light.
 *
 * <p>Places are written in coordinates in which the picture goes from -1 to 1 from left to right
 * and from top to bottom. However many steps there are, they come to one 3 x 3 matrix, so that the
 * picture is interpolated once. Light changes the logits {@code ln(v / (1 - v))} of the values.
 */
public final class Change {
  private double[] affine = Matrix3.IDENTITY;
  private double[] perspective = Matrix3.IDENTITY;
  private Light light = Light.NONE;
  private double hue;

  /** Mirrors left and right. */
  public Change flip() {
    return affine(-1, 0, 0, 0, 1, 0);
  }

  /**
   * Lays the square on itself.
   *
   * @param k bit 0 mirrors left and right, bit 1 top and bottom, bit 2 swaps across and down
   */
  public Change dihedral(int k) {
    if (k < 0 || k > 7) {
      throw new IllegalArgumentException("dihedral expects 0 to 7, got " + k);
    }
    double x = (k & 1) == 0 ? 1 : -1;
    double y = (k & 2) == 0 ? 1 : -1;
    return (k & 4) == 0 ? affine(x, 0, 0, 0, y, 0) : affine(0, x, 0, y, 0, 0);
  }

  /** Turns the picture around its middle, against the clock where degrees are above 0. */
  public Change rotate(double degrees) {
    double c = Math.cos(Math.toRadians(degrees));
    double s = Math.sin(Math.toRadians(degrees));
    return affine(c, s, 0, -s, c, 0);
  }

  /**
   * Enlarges the picture.
   *
   * @param factor above 1 to enlarge
   * @param across the place that stays, 0 left to 1 right
   * @param down the place that stays, 0 top to 1 bottom
   */
  public Change zoom(double factor, double across, double down) {
    double s = 1 / factor;
    return affine(s, 0, (1 - s) * (2 * across - 1), 0, s, (1 - s) * (2 * down - 1));
  }

  /**
   * Tilts the picture: a perspective whose corners move by {@code x} and {@code y}.
   *
   * @param x tilt up or down, which shortens or lengthens across
   * @param y tilt to the side
   */
  public Change warp(double x, double y) {
    double[][] from = {{-1 - y, -1 - x}, {-1 + y, 1 + x}, {1 + y, -1 + x}, {1 - y, 1 - x}};
    double[][] to = {{-1, -1}, {-1, 1}, {1, -1}, {1, 1}};
    perspective = Matrix3.mul(Matrix3.perspective(from, to), perspective);
    return this;
  }

  /**
   * Adds an affine step: the place {@code (x, y)} of the result comes from {@code (xx x + xy y +
   * x0, yx x + yy y + y0)} of what the steps before it made.
   */
  public Change affine(double xx, double xy, double x0, double yx, double yy, double y0) {
    affine = Matrix3.mul(affine, new double[] {xx, xy, x0, yx, yy, y0, 0, 0, 1});
    return this;
  }

  /**
   * Adds {@code logit(change)} to the logits.
   *
   * @param change 0 to 1; .5 changes nothing, more is brighter
   */
  public Change brightness(double change) {
    light = light.plus(Math.log(change / (1 - change)));
    return this;
  }

  /** Multiplies the logits by a factor. */
  public Change contrast(double factor) {
    light = light.times(factor);
    return this;
  }

  /** Multiplies the distance of the logits from those of grey by a factor. */
  public Change saturation(double factor) {
    light = light.saturated(factor);
    return this;
  }

  /** Shifts the hue after all other changes of light; 1 is once around. */
  public Change hue(double shift) {
    hue += shift;
    return this;
  }

  /** Where the places of the result lie in a picture of this size. */
  double[] places(int height, int width) {
    double[] a = affine.clone();
    // A turn is one in pixels, not in the coordinates of an oblong picture.
    a[1] *= (double) height / width;
    a[3] *= (double) width / height;
    return Matrix3.mul(perspective, a);
  }

  boolean staysInPlace() {
    return affine == Matrix3.IDENTITY && perspective == Matrix3.IDENTITY;
  }

  Light light() {
    return light;
  }

  /** Changes the light of one picture {@code [channels, plane]}. */
  void shine(float[] values, int start, int channels, int plane) {
    light.apply(values, start, channels, plane);
    if (hue != 0 && channels == 3) {
      Hsv.shift(values, start, plane, hue);
    }
  }
}
