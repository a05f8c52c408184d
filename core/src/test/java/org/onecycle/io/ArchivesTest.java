package org.onecycle.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivesTest {
  private static final String LONG = "deep/".repeat(30) + "file.txt";
  @TempDir Path dir;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void entry(ByteArrayOutputStream out, String name, char type, byte[] content)
      throws IOException {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 124, "%011o".formatted(content.length));
    header[156] = (byte) type;
    put(header, 257, "ustar");
    put(header, 263, "00");
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    out.write(header);
    out.write(content);
    out.write(new byte[(512 - content.length % 512) % 512]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = utf8(text);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] tar(String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String name : names) {
      if (name.endsWith("/")) {
        entry(out, name, '5', new byte[0]);
      } else {
        entry(out, name, '0', utf8("content of " + name));
      }
    }
    out.write(new byte[1024]);
    return out.toByteArray();
  }

  private Path gzip(byte[] tar) throws IOException {
    Path file = dir.resolve("a.tgz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(tar);
    }
    return file;
  }

  private Path zip(String... names) throws IOException {
    Path file = dir.resolve("a.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : names) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.endsWith("/") ? new byte[0] : utf8("content of " + name));
      }
    }
    return file;
  }

  private List<String> tree(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> folder.relativize(f).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private String failure(Path archive) throws IOException {
    Path folder = dir.resolve("out");
    String message =
        assertThrows(UncheckedIOException.class, () -> Archives.extract(archive, folder))
            .getMessage();
    assertTrue(message.startsWith("cannot unpack " + archive + ": "), message);
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(List.of(archive), files.toList(), message);
    }
    return message;
  }

  @Test
  void oneFolderBecomesTheTarget() throws Exception {
    Archives.extract(gzip(tar("pets/", "pets/images/a.jpg", "pets/b.txt")), dir.resolve("out"));
    assertEquals(List.of("b.txt", "images/a.jpg"), tree(dir.resolve("out")));
    assertEquals("content of pets/b.txt", Files.readString(dir.resolve("out/b.txt")));
    assertThrows(
        IllegalArgumentException.class,
        () -> Archives.extract(dir.resolve("a.tgz"), dir.resolve("out")));
  }

  @Test
  void severalFilesLieInTheTarget() throws Exception {
    Archives.extract(zip("x/", "x/a.txt", "b.txt"), dir.resolve("out"));
    assertEquals(List.of("b.txt", "x/a.txt"), tree(dir.resolve("out")));
    assertEquals("content of x/a.txt", Files.readString(dir.resolve("out/x/a.txt")));
  }

  @Test
  void longNamesOfGnuAndPax() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    entry(out, "././@LongLink", 'L', utf8("g/" + LONG + "\0"));
    entry(out, "short", '0', utf8("gnu"));
    byte[] big = new byte[70_000];
    Arrays.fill(big, (byte) 7);
    String record = " path=p/" + LONG + "\n";
    entry(out, "pax", 'x', utf8((record.length() + 3) + record));
    entry(out, "short", '0', big);
    entry(out, "link", '2', new byte[0]);
    out.write(new byte[1024]);
    Path plain = Files.write(dir.resolve("a.tar"), out.toByteArray());
    Archives.extract(plain, dir.resolve("out"));
    assertEquals(List.of("g/" + LONG, "p/" + LONG), tree(dir.resolve("out")));
    assertEquals("gnu", Files.readString(dir.resolve("out/g/" + LONG)));
    assertArrayEquals(big, Files.readAllBytes(dir.resolve("out/p/" + LONG)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "/evil", "a/../../evil", "a\\..\\..\\evil"})
  void pathsThatLeadOutsideAreRefused(String name) throws Exception {
    Path tar = gzip(tar("ok.txt", name));
    assertTrue(failure(tar).contains("refused: entry " + name));
    Files.delete(tar);
    assertTrue(failure(zip("ok.txt", name)).contains("refused: entry " + name));
  }

  @Test
  void everyTruncationIsFound() throws Exception {
    byte[] whole = tar("a/b.txt", "a/c.txt");
    Path file = dir.resolve("a.tar");
    for (int length = 0; length < whole.length - 1024 + 1; length += 73) {
      Files.write(file, Arrays.copyOf(whole, length));
      failure(file);
    }
    byte[] gzip = Files.readAllBytes(gzip(whole));
    Files.delete(file);
    for (int length = 0; length < gzip.length; length += 7) {
      failure(Files.write(dir.resolve("a.tgz"), Arrays.copyOf(gzip, length)));
    }
  }

  @Test
  void otherFilesAreNoArchives() throws Exception {
    byte[] page = utf8("<html>Not found</html>".repeat(100));
    assertTrue(failure(Files.write(dir.resolve("a.tgz"), page)).contains("no tar archive"));
  }
}
