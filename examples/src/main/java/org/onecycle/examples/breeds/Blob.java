package org.onecycle.examples.breeds;

import java.util.ArrayList;
import java.util.List;

/**
 * A soft body: cones with round ends, melted into each other.
 *
 * <p>{@link #at} gives the signed distance to the outline, negative inside, and what the paint
 * needs to know about the place.
 */
final class Blob {
  /** A round cone from (ax, ay) with radius ar to (bx, by) with radius br. */
  private record Cone(
      Part part, double ax, double ay, double ar, double bx, double by, double br) {}

  /** What a place belongs to. */
  enum Part {
    BODY,
    HAUNCH,
    NECK,
    HEAD,
    MUZZLE,
    EAR,
    LEG,
    TAIL
  }

  private final List<Cone> cones = new ArrayList<>();
  private final double melt;

  /** The results of {@link #at}. */
  double distance;

  double gradientX;
  double gradientY;
  double radius;
  Part part;

  Blob(double melt) {
    this.melt = melt;
  }

  Blob cone(Part of, double ax, double ay, double ar, double bx, double by, double br) {
    cones.add(new Cone(of, ax, ay, ar, bx, by, br));
    return this;
  }

  Blob ball(Part of, double x, double y, double r) {
    return cone(of, x, y, r, x, y, r);
  }

  /** Left, top, right and bottom. */
  double[] bounds() {
    double[] box = {9, 9, -9, -9};
    for (Cone c : cones) {
      box[0] = Math.min(box[0], Math.min(c.ax - c.ar, c.bx - c.br));
      box[1] = Math.min(box[1], Math.min(c.ay - c.ar, c.by - c.br));
      box[2] = Math.max(box[2], Math.max(c.ax + c.ar, c.bx + c.br));
      box[3] = Math.max(box[3], Math.max(c.ay + c.ar, c.by + c.br));
    }
    return box;
  }

  void at(double x, double y) {
    double nearest = 99;
    distance = 99;
    for (Cone c : cones) {
      double dx = c.bx - c.ax;
      double dy = c.by - c.ay;
      double length = dx * dx + dy * dy;
      double t = length == 0 ? 0 : ((x - c.ax) * dx + (y - c.ay) * dy) / length;
      t = Math.max(0, Math.min(1, t));
      double px = x - c.ax - t * dx;
      double py = y - c.ay - t * dy;
      double r = c.ar + t * (c.br - c.ar);
      double away = Math.sqrt(px * px + py * py) + 1e-9;
      double d = away - r;
      // The smooth minimum of the distances (polynomial, after Quilez).
      double h = Math.max(0, Math.min(1, 0.5 + 0.5 * (distance - d) / melt));
      distance = distance + h * (d - distance) - melt * h * (1 - h);
      gradientX += h * (px / away - gradientX);
      gradientY += h * (py / away - gradientY);
      radius += h * (r - radius);
      if (d < nearest) {
        nearest = d;
        part = c.part;
      }
    }
  }
}
