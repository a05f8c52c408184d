package org.onecycle.examples.breeds;

import org.onecycle.tensor.Rng;

/**
 * How one animal stands before the camera; nothing here tells its breed.
 *
 * @param turn of the head towards the camera, 0 profile to 1 face
 * @param nod of the head, radians, positive looks down
 * @param neck angle of the neck, radians above the horizontal
 * @param stride of the legs, -1 to 1
 * @param tail the tail's lift, 0 hanging to 1 up
 * @param sits on its rump
 * @param plump width of the body, about 1
 * @param lean of the whole animal, radians
 */
record Pose(
    double turn,
    double nod,
    double neck,
    double stride,
    double tail,
    boolean sits,
    double plump,
    double lean) {
  static Pose draw(Rng rng) {
    return new Pose(
        rng.nextDouble(),
        rng.nextDouble(-0.3, 0.4),
        rng.nextDouble(0.55, 1.15),
        rng.nextDouble(-1, 1),
        rng.nextDouble(),
        rng.nextBoolean(0.3),
        rng.nextDouble(0.92, 1.1),
        rng.nextDouble(-0.13, 0.13));
  }
}
