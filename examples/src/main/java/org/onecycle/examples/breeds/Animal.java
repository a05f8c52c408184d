package org.onecycle.examples.breeds;

import org.onecycle.examples.breeds.Blob.Part;
import org.onecycle.examples.breeds.Breed.Build;

/**
 * The blobs of one animal: a breed's proportions in a pose, looking to the right, spine at 0, y
 * downwards.
 */
final class Animal {
  final Blob tail = new Blob(0.03);
  final Blob farLegs = new Blob(0.03);
  final Blob body;
  final Blob nearLegs = new Blob(0.04);
  final Blob farEar = new Blob(0.02);
  final Blob head = new Blob(0.06);
  final Blob nearEar = new Blob(0.02);
  final Blob eyes = new Blob(0.001);
  final Blob pupils = new Blob(0.001);
  final Blob glints = new Blob(0.001);
  final Blob nose = new Blob(0.01);
  final double groundY;
  final double headX;
  final double headY;
  final double headRadius;
  final double eyeX;
  final double eyeY;

  private final Build build;
  private final Pose pose;
  private final double chestX;
  private final double chestY;
  private final double rumpX;
  private final double rumpY;

  Animal(Build build, Pose pose) {
    this.build = build;
    this.pose = pose;
    boolean sits = pose.sits() && build.legs() > build.rump() + 0.15;
    body = new Blob(0.1);
    groundY = build.legs();
    rumpY = sits ? build.legs() - build.rump() * 0.95 : 0;
    chestY = sits ? -build.length() * 0.25 : 0;
    chestX = build.length() * (sits ? 0.3 : 0.5);
    rumpX = build.length() * (sits ? -0.35 : -0.5);
    headX = chestX + build.neck() * StrictMath.cos(pose.neck());
    headY = chestY - build.neck() * StrictMath.sin(pose.neck());
    headRadius = build.head();
    torso();
    legs(sits);
    tail();
    double look = build.head() * 0.42 * (1 - pose.turn());
    eyeX = headX + build.head() * 0.05 + look;
    eyeY = headY - build.head() * 0.14 + pose.nod() * build.head() * 0.5;
    head();
    ears();
  }

  private void torso() {
    double w = pose.plump();
    body.cone(Part.BODY, chestX, chestY, build.chest() * w, rumpX, rumpY, build.rump() * w);
    body.cone(
        Part.NECK,
        chestX,
        chestY - build.chest() * 0.2,
        build.chest() * 0.7,
        headX,
        headY,
        build.head() * 0.62);
  }

  private void legs(boolean sits) {
    double paw = build.paw();
    double foot = groundY - paw * 0.8;
    double step = pose.stride() * 0.14 * Math.min(1, build.legs() + 0.3);
    double front = chestX + build.chest() * 0.25;
    leg(nearLegs, front, chestY + build.chest() * 0.4, front + step * 0.6, foot);
    leg(farLegs, front + 0.07, chestY + build.chest() * 0.4, front + 0.09 - step, foot);
    if (sits) {
      double knee = rumpX + build.rump() * 0.8;
      nearLegs.ball(Part.HAUNCH, rumpX + build.rump() * 0.3, rumpY + 0.02, build.rump() * 0.72);
      nearLegs.cone(Part.LEG, knee - 0.1, foot, paw * 1.1, knee + 0.12, foot, paw);
      return;
    }
    double hip = rumpX - build.rump() * 0.1;
    nearLegs.cone(
        Part.HAUNCH, hip, rumpY + 0.03, build.rump() * 0.62, hip, rumpY + 0.12, build.paw() * 1.6);
    leg(nearLegs, hip, rumpY + build.rump() * 0.4, hip - step, foot);
    leg(farLegs, hip + 0.09, rumpY + build.rump() * 0.4, hip + 0.12 + step, foot);
  }

  private void leg(Blob to, double x, double y, double footX, double foot) {
    to.cone(Part.LEG, x, y, build.paw() * 1.35, footX, foot, build.paw() * 0.85);
    to.cone(Part.LEG, footX, foot, build.paw() * 0.9, footX + build.paw() * 0.8, foot, build.paw());
  }

  private void tail() {
    double x = rumpX - build.rump() * 0.75;
    double y = rumpY - build.rump() * 0.3;
    double piece = build.tailLength() / 4;
    double lift = pose.tail() * 1.6 - 0.6;
    switch (build.tail()) {
      case STUB -> tail.ball(Part.TAIL, x, y, 0.1);
      case LONG -> curve(x, y, piece, lift, 0.28, 0.055, 0.05, 0.045, 0.03);
      case BUSHY -> curve(x, y, piece, lift, 0.22, 0.05, 0.11, 0.13, 0.03);
      case CURLED ->
          curve(x + 0.08, y - 0.05, piece, 1.1 + lift * 0.3, -1.15, 0.08, 0.1, 0.1, 0.06);
    }
  }

  private void curve(double x, double y, double piece, double lift, double bend, double... radii) {
    double atX = x;
    double atY = y;
    double angle = lift;
    for (int i = 0; i < 4; i++) {
      double toX = atX - piece * StrictMath.cos(angle);
      double toY = atY - piece * StrictMath.sin(angle);
      tail.cone(Part.TAIL, atX, atY, radii[i], toX, toY, radii[Math.min(3, i + 1)]);
      atX = toX;
      atY = toY;
      angle += bend;
    }
  }

  private void head() {
    double r = build.head();
    head.ball(Part.HEAD, headX, headY, r);
    double reach = (r * 0.75 + build.muzzle()) * (1 - 0.8 * pose.turn());
    double down = r * 0.3 + 0.5 * build.muzzle() * pose.turn();
    double tipX = headX + reach * StrictMath.cos(pose.nod());
    double tipY = headY + down + reach * StrictMath.sin(pose.nod()) * 0.7;
    double tip = build.snout() * (1 + 0.25 * pose.turn());
    head.cone(Part.MUZZLE, headX + r * 0.15, headY + r * 0.25, r * 0.55, tipX, tipY, tip);
    double forward = tip * (1 - pose.turn());
    nose.ball(Part.MUZZLE, tipX + forward * 0.8, tipY - tip * 0.45, Math.max(0.032, tip * 0.42));
    eye(eyeX - r * 0.42 * pose.turn());
    if (pose.turn() > 0.35) {
      eye(eyeX + r * 0.42 * pose.turn());
    }
  }

  private void eye(double x) {
    double size = 0.045;
    eyes.ball(Part.HEAD, x, eyeY, size);
    pupils.ball(Part.HEAD, x + 0.01 * (1 - pose.turn()), eyeY, size * 0.68);
    glints.ball(Part.HEAD, x - size * 0.25, eyeY - size * 0.3, size * 0.25);
  }

  private void ears() {
    double r = build.head();
    double spread = 0.25 + 0.35 * pose.turn();
    double middle = headX - r * 0.15 * (1 - pose.turn());
    ear(nearEar, middle - r * spread, headY - r * 0.62, -1);
    ear(farEar, middle + r * spread, headY - r * 0.66, pose.turn() > 0.4 ? 1 : -0.3);
  }

  /** An ear from its root; {@code side} -1 leans back, 1 leans forward. */
  private void ear(Blob to, double x, double y, double side) {
    double r = build.head();
    double size = build.earSize() * r;
    switch (build.ears()) {
      case POINTED ->
          to.cone(
              Part.EAR, x, y + r * 0.1, r * 0.36, x + side * size * 0.3, y - size * 0.8, r * 0.04);
      case ROUND ->
          to.cone(Part.EAR, x, y, size, x + side * size * 0.5, y - size * 0.5, size * 0.95);
      case LONG -> {
        double tipX = x + side * size * 0.38;
        to.cone(Part.EAR, x, y, r * 0.22, x + side * size * 0.22, y - size * 0.5, r * 0.34);
        to.cone(Part.EAR, x + side * size * 0.22, y - size * 0.5, r * 0.34, tipX, y - size, 0.02);
      }
      case FLOPPY -> {
        double outX = x + side * r * 0.3;
        double lowX = outX + side * size * 0.12;
        to.cone(Part.EAR, x, y + r * 0.1, r * 0.22, outX, y + size * 0.35, r * 0.3);
        to.cone(Part.EAR, outX, y + size * 0.35, r * 0.3, lowX, y + size * 0.85, r * 0.26);
      }
    }
  }
}
