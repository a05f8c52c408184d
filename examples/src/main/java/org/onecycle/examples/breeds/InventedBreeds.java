package org.onecycle.examples.breeds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.onecycle.tensor.Rng;
import org.onecycle.vision.image.Image;

/**
 * Pictures of a dozen breeds of animals that do not exist: a sample that needs no network.
 *
 * <p>Shape, colours and markings make the breed; pose, size, place, light and surroundings differ
 * from picture to picture. Some breeds share their colours, some their shape, so that no single
 * feature tells them apart. One seed gives the same pixels on every machine.
 */
public final class InventedBreeds {
  /** The label of a file's name: {@code amber_tarrow} of {@code amber_tarrow_12.jpg}. */
  public static final String LABEL_REGEX = "^(.*)_\\d+\\.jpg$";

  private InventedBreeds() {}

  /** The names of the breeds, in the order of their numbers. */
  public static List<String> names() {
    return Breed.ALL.stream().map(Breed::name).toList();
  }

  /**
   * Draws one animal.
   *
   * @param breed 0 to 11
   * @param seed which animal, in which pose and place
   * @param size pixels of each side, at least 8
   */
  public static Image generate(int breed, long seed, int size) {
    if (breed < 0 || breed >= Breed.ALL.size()) {
      throw new IllegalArgumentException(
          "InventedBreeds expects a breed from 0 to %d, got %d"
              .formatted(Breed.ALL.size() - 1, breed));
    }
    if (size < 8) {
      throw new IllegalArgumentException(
          "InventedBreeds expects a size of at least 8, got " + size);
    }
    Rng rng = Rng.of(seed, breed);
    return new Portrait(Breed.ALL.get(breed), rng).paint(size);
  }

  /**
   * Writes pictures of 96 x 96 pixels named like {@code amber_tarrow_1.jpg} to a folder, which is
   * made where it is missing.
   *
   * @return the files, breed by breed
   * @throws UncheckedIOException naming what cannot be written
   */
  public static List<Path> write(Path folder, int perBreed, long seed) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + folder, e);
    }
    List<Path> files = new ArrayList<>();
    for (int breed = 0; breed < Breed.ALL.size(); breed++) {
      Rng seeds = Rng.of(seed, breed);
      for (int i = 1; i <= perBreed; i++) {
        Path file = folder.resolve(Breed.ALL.get(breed).name() + "_" + i + ".jpg");
        generate(breed, seeds.nextLong(), 96).save(file);
        files.add(file);
      }
    }
    return List.copyOf(files);
  }
}
