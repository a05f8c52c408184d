package org.onecycle.examples.drawings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.onecycle.tensor.Rng;

/**
 * Drawn street scenes with a mask of what each pixel shows, laid out as CamVid: {@code
 * images/NAME.png}, {@code labels/NAME_P.png} and {@code codes.txt}. Colours vary and classes share
 * them, so that place and shape count too. One seed gives the same pixels on every machine.
 */
public final class InventedStreets {
  /** The classes in the order of their numbers. */
  public static final List<String> CODES =
      List.of("Sky", "Building", "Road", "Sidewalk", "Tree", "Car", "Pedestrian", "Void");

  private InventedStreets() {}

  /**
   * Writes scenes of 96 x 64 pixels.
   *
   * @throws UncheckedIOException naming what cannot be written
   */
  public static void write(Path folder, int scenes, long seed) {
    for (int i = 0; i < scenes; i++) {
      Street street = generate(Rng.of(seed, i), 96, 64);
      street.picture().save(folder.resolve("images/street_%03d.png".formatted(i)));
      street.mask().save(folder.resolve("labels/street_%03d_P.png".formatted(i)));
    }
    try {
      Files.write(folder.resolve("codes.txt"), CODES);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder.resolve("codes.txt"), e);
    }
  }

  /** Draws a scene. */
  public static Street generate(Rng rng, int width, int height) {
    return new Street(rng, width, height);
  }
}
