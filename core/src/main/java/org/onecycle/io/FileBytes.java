package org.onecycle.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file's bytes for random access: small files are read, big ones mapped piece by piece, so that a
 * tensor is loaded when it is used.
 */
final class FileBytes {
  private static final long SMALL = 1 << 20;

  private final Path file;
  private final long size;
  private final ByteBuffer whole;

  private FileBytes(Path file, long size, ByteBuffer whole) {
    this.file = file;
    this.size = size;
    this.whole = whole;
  }

  static FileBytes of(Path file, byte[] content) {
    return new FileBytes(file, content.length, ByteBuffer.wrap(content));
  }

  static FileBytes open(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > SMALL) {
        boolean one = size <= Integer.MAX_VALUE;
        return new FileBytes(
            file, size, one ? channel.map(FileChannel.MapMode.READ_ONLY, 0, size) : null);
      }
      ByteBuffer content = ByteBuffer.allocate((int) size);
      while (content.hasRemaining()) {
        if (channel.read(content) < 0) {
          throw new WeightsFormatException(file, "shrank while it was read");
        }
      }
      return new FileBytes(file, size, content.flip());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  Path file() {
    return file;
  }

  long size() {
    return size;
  }

  /** Bytes {@code [from, from + length)}, read-only and little-endian. */
  ByteBuffer slice(long from, long length, String what) {
    if (from < 0 || length < 0 || from > size - length) {
      throw error(
          "truncated or damaged: %s should be %d bytes at %d, the file has %d",
          what, length, from, size);
    }
    if (length > Integer.MAX_VALUE) {
      throw error("%s has %d bytes, more than the 2 GiB that one tensor may have", what, length);
    }
    ByteBuffer part = whole == null ? map(from, length) : whole.slice((int) from, (int) length);
    return part.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer map(long from, long length) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (from + length > channel.size()) {
        throw error("changed while it was in use");
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, from, length);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot map " + file + ": " + e.getMessage(), e);
    }
  }

  WeightsFormatException error(String format, Object... args) {
    return new WeightsFormatException(file, String.format(format, args));
  }
}
