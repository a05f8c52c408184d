package org.onecycle.examples.breeds;

import org.onecycle.examples.breeds.Blob.Part;
import org.onecycle.examples.breeds.Breed.Marking;
import org.onecycle.tensor.Rng;

/** The fur of one animal: its breed's colours and markings, laid a little differently on each. */
final class Coat implements Canvas.Paint {
  private final Breed breed;
  private final Animal animal;
  private final Noise noise;
  private final Rgb coat;
  private final Rgb second;
  private final double[] tail;
  private final double stripes;
  private final double phase;
  private final double cover;

  Coat(Breed breed, Animal animal, Noise noise, Rng rng) {
    this.breed = breed;
    this.animal = animal;
    this.noise = noise;
    this.tail = animal.tail.bounds();
    Rgb tint =
        new Rgb(rng.nextDouble(0.93, 1.07), rng.nextDouble(0.95, 1.05), rng.nextDouble(0.88, 1.12));
    double fade = rng.nextDouble(0.85, 1.1);
    coat = breed.coat().times(tint).times(fade);
    second = breed.second().times(tint).times(rng.nextDouble(0.9, 1.15));
    stripes = rng.nextDouble(6.5, 8.5);
    phase = rng.nextDouble();
    cover = rng.nextDouble(-0.05, 0.05);
  }

  @Override
  public Rgb at(double x, double y, Blob place) {
    double share = 0;
    for (Marking marking : Marking.values()) {
      if (breed.markings().contains(marking)) {
        share = Math.max(share, marked(marking, x, y, place));
      }
    }
    double hair = 0.9 + 0.2 * noise.value(x * 14, y * 40);
    return coat.mix(second, share).times(hair);
  }

  private double marked(Marking marking, double x, double y, Blob place) {
    double wobble = noise.value(x * 5, y * 5) - 0.5;
    return switch (marking) {
      case STRIPES -> stripe(x, y, place.part, wobble);
      case SPOTS ->
          switch (place.part) {
            case EAR -> 0.9;
            case MUZZLE -> 0;
            default -> soft(0.3 + cover - noise.cell(x * 6.5 + 40 * phase, y * 6.5));
          };
      case PATCHES ->
          switch (place.part) {
            case EAR -> 0.95;
            case LEG, MUZZLE -> 0;
            default -> soft(noise.value(x * 2.6 + 40 * phase, y * 2.6) - 0.56 + cover);
          };
      case SADDLE ->
          switch (place.part) {
            case EAR -> 0.8;
            case BODY, HAUNCH, NECK ->
                x < animal.headX - 0.12 ? soft(0.02 + cover + 0.12 * wobble - y) : 0;
            default -> 0;
          };
      case MASK ->
          switch (place.part) {
            case EAR -> 1;
            case HEAD, MUZZLE -> {
              double dx = (x - animal.eyeX) / 1.7;
              double dy = y - animal.eyeY;
              yield soft(0.11 - Math.sqrt(dx * dx + dy * dy) + 0.06 * wobble);
            }
            default -> 0;
          };
      case SOCKS ->
          place.part == Part.LEG ? soft(y - animal.groundY + 0.19 + cover + 0.1 * wobble) : 0;
      case BIB ->
          switch (place.part) {
            case MUZZLE -> 0.9;
            // The underside: where the way out of the blob leads downwards.
            case BODY, NECK -> soft(place.gradientY * place.radius - 0.11 + cover + 0.1 * wobble);
            default -> 0;
          };
      case TIPS ->
          switch (place.part) {
            case EAR -> soft(animal.headY - y - animal.headRadius * 1.25 + 0.06 * wobble);
            case TAIL -> soft((tail[2] - x) / (tail[2] - tail[0]) - 0.62);
            default -> 0;
          };
    };
  }

  private double stripe(double x, double y, Part part, double wobble) {
    return switch (part) {
      case BODY, HAUNCH, NECK -> bars(x * stripes + wobble * 1.4, 0.02);
      case LEG -> bars(y * stripes * 1.3 + wobble, -0.05);
      case TAIL -> bars((x + y) * stripes * 1.2, 0.05);
      case HEAD ->
          y < animal.eyeY - 0.02 ? bars((x - animal.headX) * stripes * 1.4 + 0.3, -0.02) : 0;
      case EAR -> 0.5;
      case MUZZLE -> 0;
    };
  }

  private double bars(double turns, double wider) {
    double t = turns + phase;
    double saw = Math.abs(t - Math.floor(t) - 0.5);
    return soft((saw - 0.29 + wider) * 0.5);
  }

  /** 0 below -0.03, 1 above 0.03, smooth between. */
  private static double soft(double value) {
    double t = Math.max(0, Math.min(1, 0.5 + value / 0.06));
    return t * t * (3 - 2 * t);
  }
}
