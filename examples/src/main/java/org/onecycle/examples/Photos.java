package org.onecycle.examples;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.onecycle.data.Labellers;
import org.onecycle.examples.breeds.InventedBreeds;
import org.onecycle.io.DownloadException;
import org.onecycle.io.OnecycleHome;
import org.onecycle.io.Untar;
import org.onecycle.io.Urls;
import org.onecycle.show.ProgressOutput;
import org.onecycle.vision.image.Image;

/**
 * A folder of photos named like {@code great_pyrenees_173.jpg}.
 *
 * @param folder where they are
 * @param sample whether they are the embedded sample, not photos
 */
record Photos(Path folder, boolean sample) {
  /** The breed that a file's name tells: {@code great_pyrenees} of the one above. */
  static final Function<Path, String> LABEL =
      Labellers.fileName().andThen(Labellers.regexMatcher(InventedBreeds.LABEL_REGEX));

  private static final String PETS = "oxford-iiit-pet";
  private static final long SAMPLE_SEED = 42;

  /** The folder {@code images} of a data set, or the folder itself where it has none. */
  static Photos in(Path folder) {
    Path images = folder.resolve("images");
    return new Photos(Files.isDirectory(images) ? images : folder, false);
  }

  /** Oxford-IIIT Pets; where they can neither be found nor downloaded, the embedded sample. */
  static Photos petsOrSample(int perBreed, PrintStream out) {
    Optional<String> problem =
        Files.isDirectory(OnecycleHome.data().resolve(PETS))
            ? Optional.empty()
            : Network.problem(Urls.PETS.url());
    if (problem.isEmpty()) {
      try (DownloadBar bar = new DownloadBar(ProgressOutput.standard(), out)) {
        return in(Untar.data(Urls.PETS, bar));
      } catch (DownloadException e) {
        problem = Optional.of(e.getMessage());
      }
    }
    return sample(perBreed, problem.orElseThrow(), out);
  }

  /** The embedded sample, with one line that says why. */
  static Photos sample(int perBreed, String problem, PrintStream out) {
    out.printf(
        "Oxford-IIIT Pets or ResNet-34 cannot be had (%s): training on %d drawn pictures of a"
            + " dozen invented breeds.%n",
        problem, perBreed * InventedBreeds.names().size());
    return sample(perBreed);
  }

  /** The embedded sample, drawn once and kept under {@link OnecycleHome#data()}. */
  static Photos sample(int perBreed) {
    Path folder =
        DataFolder.drawn(
            "invented-breeds-" + perBreed,
            half -> InventedBreeds.write(half, perBreed, SAMPLE_SEED));
    return new Photos(folder, true);
  }

  /**
   * Opens every photo, so that a damaged one does not end the training hours later.
   *
   * @throws org.onecycle.vision.image.ImageException naming a file that is no whole picture
   */
  void check(List<Path> files) {
    files.parallelStream().forEach(file -> Image.open(file, 1));
  }
}
