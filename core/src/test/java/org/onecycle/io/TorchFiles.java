package org.onecycle.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.onecycle.testing.Fixtures;

/** Checkpoints made by hand, byte by byte. */
final class TorchFiles {
  private TorchFiles() {}

  static byte[] fixture(String name) {
    try {
      return Files.readAllBytes(Fixtures.path("pth/" + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FileBytes bytes(String name, byte[] content) {
    return FileBytes.of(Path.of(name), content);
  }

  /** A pickle: each character of the text is one byte. */
  static byte[] pickle(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] zip(byte[] pickle, Map<String, byte[]> others) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, "any name/data.pkl", pickle);
      for (Map.Entry<String, byte[]> entry : others.entrySet()) {
        put(zip, "any name/" + entry.getKey(), entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** {@code _rebuild_tensor_v2} of the float storage "0" with one character for each number. */
  static String tensor(int count, int offset, String shape, String stride) {
    return "ctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\nFloatStorage\n"
        + "X\1\0\0\0"
        + "0X\3\0\0\0cpuJ"
        + (char) count
        + "\0\0\0tQK"
        + (char) offset
        + tuple(shape)
        + tuple(stride)
        + "\u0089ccollections\nOrderedDict\n)RtR";
  }

  private static String tuple(String numbers) {
    StringBuilder out = new StringBuilder("(");
    for (char c : numbers.toCharArray()) {
      out.append('K').append(c);
    }
    return out.append('t').toString();
  }
}
