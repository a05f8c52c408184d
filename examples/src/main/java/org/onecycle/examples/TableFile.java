package org.onecycle.examples;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.dflib.DataFrame;
import org.onecycle.io.DownloadException;
import org.onecycle.io.RemoteFile;
import org.onecycle.io.Untar;
import org.onecycle.show.ProgressOutput;

/**
 * A public table: where it is, how it is read, and what stands in for it.
 *
 * @param title its name
 * @param names the names its file may have
 * @param archive the public archive that holds the file
 * @param archiveName what that archive is called
 * @param reader reads the file
 * @param invented makes a table of the same columns that can be learned
 * @param sample the invented table in words
 */
record TableFile(
    String title,
    List<String> names,
    RemoteFile archive,
    String archiveName,
    Function<Path, DataFrame> reader,
    Supplier<DataFrame> invented,
    String sample) {

  /**
   * Reads the file in the folder of {@code --data} (or one folder below), or the public file,
   * downloaded once; where it cannot be had, invents the table and says so in one line.
   */
  DataFrame read(CommonOptions options, PrintStream out) {
    if (options.data() != null) {
      return reader.apply(in(options.data()));
    }
    Optional<String> problem =
        Files.isDirectory(Untar.folder(archiveName))
            ? Optional.empty()
            : Network.problem(archive.url());
    if (problem.isEmpty()) {
      try (DownloadBar bar = new DownloadBar(ProgressOutput.standard(), out)) {
        return reader.apply(in(Untar.data(archive, archiveName, bar)));
      } catch (DownloadException e) {
        problem = Optional.of(e.getMessage());
      }
    }
    out.printf("No %s (%s): training on %s.%n", title, problem.orElseThrow(), sample);
    return invented.get();
  }

  private Path in(Path folder) {
    String stem = archiveName.replaceFirst("\\..*", "");
    for (Path place : List.of(folder, folder.resolve(stem))) {
      for (String name : names) {
        if (Files.isRegularFile(place.resolve(name))) {
          return place.resolve(name);
        }
      }
    }
    throw new UncheckedIOException(
        folder + ": expected a file " + String.join(" or ", names),
        new NoSuchFileException(folder.resolve(names.get(0)).toString()));
  }
}
