package org.onecycle.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unpacks {@code .zip}, {@code .tar}, {@code .tar.gz} and {@code .tgz} archives. */
public final class Archives {
  private static final Logger LOG = LoggerFactory.getLogger(Archives.class);

  private Archives() {}

  /**
   * Unpacks an archive into a folder that does not exist yet; if the archive holds one folder and
   * nothing else, that folder's content.
   *
   * <p>Links are left out. The folder appears when all is unpacked; on failure it does not.
   *
   * @throws UncheckedIOException naming the archive if it is damaged, cannot be read, or holds a
   *     path that leads outside of the folder
   */
  public static void extract(Path archive, Path folder) {
    Path target = folder.toAbsolutePath();
    if (Files.exists(target)) {
      throw new IllegalArgumentException(folder + " exists already");
    }
    Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      Files.createDirectories(temporary);
      unpack(archive, temporary);
      AtomicFile.move(only(temporary), target);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + archive + ": " + e.getMessage(), e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  private static void unpack(Path archive, Path into) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16)) {
      file.mark(4);
      int first = file.read();
      int second = file.read();
      file.reset();
      if (first == 'P' && second == 'K') {
        unzip(file, into);
      } else {
        boolean gzip = first == 0x1f && second == 0x8b;
        InputStream tar = gzip ? new BufferedInputStream(new GZIPInputStream(file, 1 << 16)) : file;
        if (!gzip && !endsWithZeros(archive)) {
          throw new EOFException("truncated, or no tar archive");
        }
        untar(tar, into);
        // The check sum stands at the end.
        tar.transferTo(OutputStream.nullOutputStream());
      }
    } catch (IllegalArgumentException e) {
      throw new ZipException("damaged archive: " + e.getMessage());
    }
  }

  /** A tar archive ends with a block of zeros; a gzip one has a check sum besides. */
  private static boolean endsWithZeros(Path archive) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "r")) {
      byte[] last = new byte[512];
      if (file.length() < last.length) {
        return false;
      }
      file.seek(file.length() - last.length);
      file.readFully(last);
      return Arrays.equals(last, new byte[last.length]);
    }
  }

  private static void untar(InputStream file, Path into) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(file, "UTF-8");
    int entries = 0;
    for (TarArchiveEntry e = next(tar); e != null; e = next(tar)) {
      entries++;
      Path to = inside(into, e.getName());
      if (e.isDirectory()) {
        Files.createDirectories(to);
      } else if (e.isFile() && !e.isLink() && !e.isSymbolicLink()) {
        Files.createDirectories(to.getParent());
        Files.copy(tar, to);
      } else {
        LOG.warn("left out {}: links and devices are not unpacked", e.getName());
      }
    }
    if (entries == 0) {
      throw new IOException("no tar archive");
    }
  }

  private static TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    try {
      return tar.getNextEntry();
    } catch (IOException e) {
      throw new IOException("truncated, or no tar archive: " + e.getMessage(), e);
    }
  }

  private static void unzip(InputStream file, Path into) throws IOException {
    ZipInputStream zip = new ZipInputStream(file);
    int entries = 0;
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      entries++;
      Path to = inside(into, entry.getName());
      if (entry.isDirectory()) {
        Files.createDirectories(to);
      } else {
        Files.createDirectories(to.getParent());
        Files.copy(zip, to);
      }
    }
    if (entries == 0) {
      throw new ZipException("no entries");
    }
  }

  /** The place of an entry, which must lie inside the folder. */
  static Path inside(Path folder, String name) throws IOException {
    try {
      Path to = folder.resolve(name).normalize();
      if (to.startsWith(folder) && !name.contains("\\")) {
        return to;
      }
    } catch (InvalidPathException e) {
      throw new IOException("an entry with an impossible name", e);
    }
    throw new IOException("refused: entry " + name + " leads outside of the folder");
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      List<Path> all = children.toList();
      return all.size() == 1 && Files.isDirectory(all.get(0)) ? all.get(0) : folder;
    }
  }

  private static void deleteQuietly(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
              Files.delete(dir);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      LOG.warn("cannot delete {}", folder, e);
    }
  }
}
