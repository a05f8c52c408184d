package org.onecycle.io;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The directory of a ZIP archive whose entries are stored uncompressed, as PyTorch writes them, so
 * that an entry can be mapped in place; ZIP64 included.
 *
 * <p>Checksums are not checked: PyTorch can write archives without them.
 */
final class StoredZip {
  private static final int END = 0x06054b50;
  private static final int END64 = 0x06064b50;
  private static final int LOCATOR64 = 0x07064b50;
  private static final int CENTRAL = 0x02014b50;
  static final int LOCAL = 0x04034b50;
  private static final int ZIP64_EXTRA = 1;

  private record Entry(long header, long size, int method) {}

  private final FileBytes file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private StoredZip(FileBytes file) {
    this.file = file;
  }

  static StoredZip open(FileBytes file) {
    StoredZip zip = new StoredZip(file);
    zip.readDirectory();
    return zip;
  }

  Iterable<String> names() {
    return entries.keySet();
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** The bytes of an entry. */
  ByteBuffer read(String name) {
    return file.slice(start(name), entries.get(name).size, name);
  }

  /** The number of bytes of an entry, known to lie inside the file. */
  long size(String name) {
    long size = entries.get(name).size;
    if (size > file.size() - start(name)) {
      throw file.error("truncated: %s should have %d bytes", name, size);
    }
    return size;
  }

  private long start(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw file.error("no %s in the archive", name);
    }
    if (entry.method != 0) {
      throw file.error("%s is compressed; PyTorch stores without compression", name);
    }
    ByteBuffer local = file.slice(entry.header, 30, "the header of " + name);
    if (local.getInt(0) != LOCAL) {
      throw file.error("damaged archive: no entry %s at byte %d", name, entry.header);
    }
    return entry.header + 30 + u2(local, 26) + u2(local, 28);
  }

  private void readDirectory() {
    long end = findEnd();
    ByteBuffer record = file.slice(end, 22, "the archive's end record");
    long count = u2(record, 10);
    long size = u4(record, 12);
    long from = u4(record, 16);
    if (count == 0xffff || size == 0xffffffffL || from == 0xffffffffL) {
      ByteBuffer locator = file.slice(end - 20, 20, "the archive's zip64 locator");
      if (locator.getInt(0) != LOCATOR64) {
        throw file.error("damaged archive: no zip64 locator");
      }
      ByteBuffer end64 = file.slice(locator.getLong(8), 56, "the archive's zip64 end record");
      if (end64.getInt(0) != END64) {
        throw file.error("damaged archive: no zip64 end record");
      }
      count = end64.getLong(32);
      size = end64.getLong(40);
      from = end64.getLong(48);
    }
    ByteBuffer directory = file.slice(from, size, "the archive's directory");
    while (directory.hasRemaining()) {
      readEntry(directory);
    }
    if (entries.size() != count) {
      throw file.error("damaged archive: %d entries, expected %d", entries.size(), count);
    }
  }

  private long findEnd() {
    int tail = (int) Math.min(file.size(), 22 + 0xffff);
    ByteBuffer bytes = file.slice(file.size() - tail, tail, "the archive's end");
    for (int i = tail - 22; i >= 0; i--) {
      if (bytes.getInt(i) == END && u2(bytes, i + 20) == tail - 22 - i) {
        return file.size() - tail + i;
      }
    }
    throw file.error("truncated or no archive: the directory at its end is missing");
  }

  private void readEntry(ByteBuffer in) {
    int at = in.position();
    if (in.remaining() < 46 || in.getInt(at) != CENTRAL) {
      throw file.error("damaged archive directory");
    }
    int nameLength = u2(in, at + 28);
    int extraLength = u2(in, at + 30);
    int total = 46 + nameLength + extraLength + u2(in, at + 32);
    if (total > in.remaining()) {
      throw file.error("damaged archive directory");
    }
    byte[] name = new byte[nameLength];
    in.get(at + 46, name);
    long compressed = u4(in, at + 20);
    long size = u4(in, at + 24);
    long header = u4(in, at + 42);
    ByteBuffer extra = in.slice(at + 46 + nameLength, extraLength).order(in.order());
    ByteBuffer wide = zip64(extra);
    size = size == 0xffffffffL ? next(wide) : size;
    compressed = compressed == 0xffffffffL ? next(wide) : compressed;
    header = header == 0xffffffffL ? next(wide) : header;
    int method = u2(in, at + 10);
    if ((u2(in, at + 8) & 1) != 0 || size < 0 || header < 0 || header > file.size()) {
      throw file.error("damaged or encrypted archive entry");
    }
    if (method == 0 && compressed != size) {
      throw file.error("damaged archive: an entry has two sizes");
    }
    String text = new String(name, StandardCharsets.UTF_8);
    if (entries.put(text, new Entry(header, size, method)) != null) {
      throw file.error("damaged archive: two entries %s", text);
    }
    in.position(at + total);
  }

  private static ByteBuffer zip64(ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int id = extra.getShort() & 0xffff;
      int length = Math.min(extra.getShort() & 0xffff, extra.remaining());
      if (id == ZIP64_EXTRA) {
        return extra.slice(extra.position(), length).order(extra.order());
      }
      extra.position(extra.position() + length);
    }
    return ByteBuffer.allocate(0);
  }

  private long next(ByteBuffer wide) {
    if (wide.remaining() < 8) {
      throw file.error("damaged archive: a zip64 size is missing");
    }
    return wide.getLong();
  }

  private static int u2(ByteBuffer in, int at) {
    return in.getShort(at) & 0xffff;
  }

  private static long u4(ByteBuffer in, int at) {
    return in.getInt(at) & 0xffffffffL;
  }
}
