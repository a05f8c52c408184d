package org.onecycle.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.onecycle.io.DownloadException;
import org.onecycle.io.OnecycleHome;
import org.onecycle.io.RemoteFile;
import org.onecycle.io.Untar;
import org.onecycle.show.ProgressOutput;

/**
 * A public data set of files: where it is, and what stands in for it.
 *
 * @param title its name
 * @param archive the public archive
 * @param inside a folder that it has
 * @param sampleName the folder of the drawn stand-in
 * @param draw draws the stand-in into a folder
 * @param sample the stand-in in words
 */
record DataFolder(
    String title,
    RemoteFile archive,
    String inside,
    String sampleName,
    Consumer<Path> draw,
    String sample) {

  /**
   * What is there to train on.
   *
   * @param sample whether it is the drawn stand-in
   */
  record Found(Path folder, boolean sample) {}

  /**
   * The folder of {@code --data} (or the one below that has the files), or the public data set,
   * downloaded once; where it cannot be had, the stand-in, with one line that says so.
   */
  Found find(CommonOptions options, PrintStream out) {
    if (options.data() != null) {
      return new Found(in(options.data()), false);
    }
    Optional<String> problem =
        Files.isDirectory(Untar.folder(archive.name()))
            ? Optional.empty()
            : Network.problem(archive.url());
    if (problem.isEmpty()) {
      try (DownloadBar bar = new DownloadBar(ProgressOutput.standard(), out)) {
        return new Found(in(Untar.data(archive, bar)), false);
      } catch (DownloadException e) {
        problem = Optional.of(e.getMessage());
      }
    }
    out.printf("No %s (%s): training on %s.%n", title, problem.orElseThrow(), sample);
    return new Found(drawn(sampleName, draw), true);
  }

  private Path in(Path folder) {
    String stem = archive.name().replaceFirst("\\..*", "");
    for (Path place : List.of(folder, folder.resolve(stem))) {
      if (Files.isDirectory(place.resolve(inside))) {
        return place;
      }
    }
    throw new UncheckedIOException(
        folder + ": expected a folder " + inside,
        new NoSuchFileException(folder.resolve(inside).toString()));
  }

  /** A folder under {@link OnecycleHome#data()}, drawn once, whole or not at all. */
  static Path drawn(String name, Consumer<Path> draw) {
    Path folder = OnecycleHome.data().resolve(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    try {
      Files.createDirectories(folder.getParent());
      Path half = Files.createTempDirectory(folder.getParent(), ".drawing");
      draw.accept(half);
      try {
        Files.move(half, folder);
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
        // Another process has drawn the same meanwhile.
        delete(half);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder + ": " + e.getMessage(), e);
    }
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
