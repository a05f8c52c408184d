package org.onecycle.vision.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the pictures of a folder (fastai's {@code get_image_files}). */
public final class ImageFiles {
  private static final Set<String> EXTENSIONS =
      Set.of("jpg", "jpeg", "jpe", "png", "gif", "bmp", "webp", "tif", "tiff", "ppm", "pgm", "pbm");

  private ImageFiles() {}

  /**
   * The picture files below a folder, through its subfolders and symbolic links.
   *
   * @throws IllegalArgumentException as {@link #get(Path, boolean)}
   */
  public static List<Path> get(Path folder) {
    return get(folder, true);
  }

  /**
   * The picture files of a folder, known by their extension, in the order of their names, so that
   * the same folder gives the same list on every machine; hidden files and folders are left out.
   *
   * @throws IllegalArgumentException naming the folder, when it is missing or holds no picture
   */
  public static List<Path> get(Path folder, boolean recursive) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          folder
              + ": expected a folder of pictures, got "
              + (Files.exists(folder) ? "a file" : "nothing there"));
    }
    int depth = recursive ? Integer.MAX_VALUE : 1;
    List<Path> found;
    try (Stream<Path> tree = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      found =
          tree.filter(file -> isPicture(folder.relativize(file)))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException(folder + ": cannot be listed (" + e.getMessage() + ")", e);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: expected pictures (%s), found none"
              .formatted(folder, String.join(", ", EXTENSIONS.stream().sorted().toList())));
    }
    return found;
  }

  private static boolean isPicture(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    String name = relative.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}
