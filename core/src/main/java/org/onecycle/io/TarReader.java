package org.onecycle.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads tar archives: POSIX ustar and pax, and GNU's long names and sizes. */
final class TarReader {
  private static final Logger LOG = LoggerFactory.getLogger(TarReader.class);
  private static final int BLOCK = 512;
  private static final int MAX_NAME = 1 << 16;

  private final InputStream in;
  private final byte[] block = new byte[BLOCK];
  private String nextName;
  private long nextSize = -1;

  TarReader(InputStream in) {
    this.in = in;
  }

  void extract(Path folder) throws IOException {
    boolean any = false;
    while (readBlock(any)) {
      any = true;
      checkSum();
      char type = (char) block[156];
      long size = number(124, 12);
      switch (type) {
        case 'L' -> nextName = text(bytes(size));
        case 'x' -> pax(bytes(size));
        case 'g', 'K' -> skip(size);
        case 0, '0', '5', '7' -> {
          String name = nextName == null ? name() : nextName;
          size = nextSize < 0 ? size : nextSize;
          nextName = null;
          nextSize = -1;
          Path to = Archives.inside(folder, name);
          if (type == '5' || name.endsWith("/")) {
            Files.createDirectories(to);
            skip(size);
          } else {
            Files.createDirectories(to.getParent());
            copy(to, size);
          }
        }
        default -> {
          LOG.warn("left out {}: links and devices are not unpacked", name());
          nextName = null;
          nextSize = -1;
          skip(type == '1' || type == '2' ? 0 : size);
        }
      }
    }
    if (!any) {
      throw new IOException("no archive, or an empty one");
    }
  }

  /** False at the block of zeros, or the end of the file, that ends the archive. */
  private boolean readBlock(boolean mayEnd) throws IOException {
    int n = in.readNBytes(block, 0, BLOCK);
    if (n == 0 && mayEnd) {
      throw new EOFException("truncated: the archive's end mark is missing");
    }
    if (n < BLOCK) {
      throw new EOFException("truncated or no archive");
    }
    for (byte b : block) {
      if (b != 0) {
        return true;
      }
    }
    return false;
  }

  private void checkSum() throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    if (sum != number(148, 8)) {
      throw new IOException("no tar archive, or damaged: wrong check sum of a header");
    }
  }

  private long number(int from, int length) throws IOException {
    if ((block[from] & 0x80) != 0) {
      long value = 0;
      for (int i = from + length - 8; i < from + length; i++) {
        value = value << 8 | block[i] & 0xff;
      }
      if (value < 0) {
        throw new IOException("damaged: a negative size");
      }
      return value;
    }
    String digits = string(from, length).strip();
    if (!digits.matches("[0-7]{0,20}")) {
      throw new IOException("no tar archive, or damaged: a bad number in a header");
    }
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  private String name() {
    boolean ustar = string(257, 5).equals("ustar") && block[262] == 0;
    String prefix = ustar ? string(345, 155) : "";
    return prefix.isEmpty() ? string(0, 100) : prefix + "/" + string(0, 100);
  }

  private String string(int from, int length) {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    return new String(block, from, end - from, StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /** Records of {@code "LENGTH KEY=VALUE\n"}, where the length counts the whole record. */
  private void pax(byte[] records) throws IOException {
    int at = 0;
    while (at < records.length) {
      int space = at;
      while (space < records.length && records[space] != ' ') {
        space++;
      }
      String digits = new String(records, at, space - at, StandardCharsets.US_ASCII);
      int length = digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : 0;
      int end = at + length;
      if (end <= space + 1 || end > records.length) {
        throw new IOException("damaged: a bad pax record");
      }
      String[] pair =
          new String(records, space + 1, end - space - 2, StandardCharsets.UTF_8).split("=", 2);
      if (pair[0].equals("path")) {
        nextName = pair[1];
      } else if (pair[0].equals("size")) {
        nextSize = Long.parseLong(pair[1]);
      }
      at = end;
    }
  }

  private byte[] bytes(long size) throws IOException {
    if (size > MAX_NAME) {
      throw new IOException("damaged: a name of " + size + " bytes");
    }
    byte[] out = in.readNBytes((int) size);
    if (out.length < size) {
      throw new EOFException("truncated");
    }
    skip(padding(size), false);
    return out;
  }

  private void copy(Path to, long size) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      byte[] buffer = new byte[1 << 16];
      long left = size;
      while (left > 0) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          throw new EOFException("truncated in " + to.getFileName());
        }
        out.write(buffer, 0, n);
        left -= n;
      }
    }
    skip(padding(size), false);
  }

  private void skip(long size) throws IOException {
    skip(size, true);
  }

  private void skip(long size, boolean padded) throws IOException {
    try {
      in.skipNBytes(padded ? size + padding(size) : size);
    } catch (EOFException e) {
      throw new EOFException("truncated");
    }
  }

  private static long padding(long size) {
    return (BLOCK - size % BLOCK) % BLOCK;
  }
}
