package org.onecycle.text.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Texts in files. */
public final class TextFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TextFiles.class);

  private TextFiles() {}

  /**
   * The {@code .txt} files below a folder, in the order of their names (fastai's {@code
   * get_text_files}).
   *
   * @param folders the folders right below to look into; none for all of them
   * @throws UncheckedIOException naming the folder, if it cannot be read
   */
  public static List<Path> get(Path root, String... folders) {
    Set<String> wanted = Set.of(folders);
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(".txt"))
          .filter(
              f -> wanted.isEmpty() || wanted.contains(root.relativize(f).getName(0).toString()))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the texts in " + root, e);
    }
  }

  /**
   * Reads a file in UTF-8. Bytes that are not UTF-8 become U+FFFD, and a warning names the file and
   * their number: one bad byte among thousands of texts should not stop a run. A byte order mark is
   * left out.
   *
   * @throws UncheckedIOException naming the file, if it cannot be read
   */
  public static String read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (!isUtf8(bytes)) {
        LOG.warn(
            "{}: bytes that are not UTF-8; {} characters are U+FFFD now",
            file,
            text.chars().filter(c -> c == '\uFFFD').count());
      }
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the text " + file, e);
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
