package org.onecycle.examples.breeds;

import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.Image;

/** One picture: an animal of a breed, its pose, its place, the light and the camera. */
final class Portrait {
  private static final Rgb DARK = Rgb.of(0x201c1e);
  private static final Rgb WHITE = Rgb.of(0xf4f2ee);
  private static final int[] IRIS = {0x8a6a2c, 0x5f7f4a, 0x7a4a22, 0x4a6a8a, 0xb58a34};

  private final Breed breed;
  private final Rng rng;

  Portrait(Breed breed, Rng rng) {
    this.breed = breed;
    this.rng = rng;
  }

  Image paint(int size) {
    Noise noise = new Noise((int) rng.nextLong());
    Pose pose = Pose.draw(rng);
    Animal animal = new Animal(breed.build(), pose);
    Coat coat = new Coat(breed, animal, noise, rng);
    Canvas canvas = new Canvas(size);
    double across = rng.nextDouble(-0.26, 0.26);
    canvas.light(across, rng.nextDouble(-0.34, -0.14));
    boolean mirrored = rng.nextBoolean(0.5);

    double[] box = extent(animal);
    double wide = box[2] - box[0];
    double high = box[3] - box[1];
    double scale = rng.nextDouble(0.66, 0.98) * size / Math.max(wide, high);
    double middleX = (mirrored ? -1 : 1) * (box[0] + box[2]) / 2 * scale;
    double middleY = (box[1] + box[3]) / 2 * scale;
    double x = size / 2.0 - middleX + slack(size - wide * scale);
    double y = size / 2.0 - middleY + slack(size - high * scale);
    double ground = (y + animal.groundY * scale) / size;

    Scenery.draw(canvas, Math.min(0.85, ground - rng.nextDouble(0.03, 0.3)), noise, rng);
    canvas.frame(scale, (mirrored ? -1 : 1) * pose.lean(), mirrored, x, y);
    shadow(canvas, animal);
    draw(canvas, animal, coat, noise);
    Rgb tint =
        new Rgb(rng.nextDouble(0.9, 1.1), rng.nextDouble(0.95, 1.05), rng.nextDouble(0.87, 1.13))
            .times(rng.nextDouble(0.72, 1.15));
    return canvas.develop(tint, rng.nextDouble(0, 0.16), rng.nextDouble(0.02, 0.1), noise);
  }

  private double slack(double room) {
    return rng.nextDouble(-0.5, 0.5) * Math.max(0, room);
  }

  private static double[] extent(Animal animal) {
    double[] all = {9, 9, -9, -9};
    Blob[] blobs = {animal.body, animal.head, animal.nearEar, animal.nearLegs, animal.tail};
    for (Blob blob : blobs) {
      double[] box = blob.bounds();
      all[0] = Math.min(all[0], box[0]);
      all[1] = Math.min(all[1], box[1]);
      all[2] = Math.max(all[2], box[2]);
      all[3] = Math.max(all[3], box[3]);
    }
    return all;
  }

  private static void shadow(Canvas canvas, Animal animal) {
    double[] box = animal.nearLegs.bounds();
    double y = animal.groundY;
    Blob shade = new Blob(0.01);
    shade.cone(Blob.Part.BODY, box[0] + 0.05, y, 0.06, box[2] + 0.05, y, 0.06);
    canvas.stain(shade, DARK, 0.5, 0.09);
  }

  private void draw(Canvas canvas, Animal animal, Coat coat, Noise noise) {
    double fur = breed.build().fur();
    Canvas.Paint shaded = (x, y, place) -> coat.at(x, y, place).times(0.72);
    canvas.draw(animal.tail, coat, noise, fur);
    canvas.draw(animal.farLegs, shaded, noise, fur);
    canvas.draw(animal.body, coat, noise, fur);
    canvas.draw(animal.nearLegs, coat, noise, fur);
    canvas.draw(animal.farEar, (x, y, p) -> coat.at(x, y, p).times(0.85), noise, fur * 0.5);
    canvas.draw(animal.head, coat, noise, fur * 0.8);
    canvas.draw(animal.nearEar, (x, y, p) -> coat.at(x, y, p).times(0.94), noise, fur * 0.5);
    canvas.stain(animal.eyes, Rgb.of(IRIS[rng.nextInt(IRIS.length)]), 1, 0);
    canvas.stain(animal.pupils, DARK, 1, 0);
    canvas.stain(animal.glints, WHITE, 0.9, 0);
    canvas.stain(animal.nose, DARK, 0.95, 0);
  }
}
