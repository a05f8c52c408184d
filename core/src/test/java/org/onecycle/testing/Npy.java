package org.onecycle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A NumPy {@code .npy} array: little-endian, C order, numbers or booleans, for the tests' fixtures.
 */
public final class Npy {
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '([<|][fiub])(\\d)', 'fortran_order': (True|False), 'shape': \\(([^)]*)\\),"
              + " }\\s*");

  private final char kind;
  private final int itemBytes;
  private final long[] shape;
  private final ByteBuffer data;

  private Npy(char kind, int itemBytes, long[] shape, ByteBuffer data) {
    this.kind = kind;
    this.itemBytes = itemBytes;
    this.shape = shape;
    this.data = data;
  }

  /** Reads a file. */
  public static Npy read(Path file) {
    try {
      return parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static Npy parse(byte[] bytes) {
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 12 || all.getInt(0) != 0x4d554e93 || bytes[6] != 1) {
      throw new IllegalArgumentException("not a version 1 .npy file");
    }
    int headerLength = all.getShort(8) & 0xffff;
    String header = new String(bytes, 10, headerLength, StandardCharsets.ISO_8859_1);
    Matcher m = HEADER.matcher(header);
    if (!m.matches() || m.group(3).equals("True")) {
      throw new IllegalArgumentException("unsupported .npy header " + header.strip());
    }
    String[] sizes = m.group(4).isBlank() ? new String[0] : m.group(4).split(",\\s*");
    long[] shape = new long[sizes.length];
    long count = 1;
    for (int i = 0; i < sizes.length; i++) {
      shape[i] = Long.parseLong(sizes[i].strip());
      count *= shape[i];
    }
    int itemBytes = Integer.parseInt(m.group(2));
    ByteBuffer data = all.position(10 + headerLength).slice().order(ByteOrder.LITTLE_ENDIAN);
    if (data.remaining() != count * itemBytes) {
      throw new IllegalArgumentException(
          "expected " + count * itemBytes + " bytes of data, got " + data.remaining());
    }
    return new Npy(m.group(1).charAt(1), itemBytes, shape, data);
  }

  /** The sizes of the dimensions. */
  public long[] shape() {
    return shape.clone();
  }

  /** The number of elements. */
  public int size() {
    return data.capacity() / itemBytes;
  }

  /** NumPy's kind and item size: {@code f4}, {@code f8}, {@code i8}, {@code u1}, {@code b1} ... */
  public String type() {
    return "" + kind + itemBytes;
  }

  /** Element {@code i} in C order as a double. */
  public double getDouble(int i) {
    if (kind == 'f') {
      return switch (itemBytes) {
        case 4 -> data.getFloat(4 * i);
        case 8 -> data.getDouble(8 * i);
        default -> throw new IllegalArgumentException("no conversion for " + type());
      };
    }
    return getLong(i);
  }

  /** Element {@code i} in C order as a long. */
  public long getLong(int i) {
    if (kind == 'f') {
      return (long) getDouble(i);
    }
    boolean signed = kind == 'i';
    return switch (itemBytes) {
      case 1 -> signed ? data.get(i) : data.get(i) & 0xff;
      case 2 -> signed ? data.getShort(2 * i) : data.getShort(2 * i) & 0xffff;
      case 4 -> signed ? data.getInt(4 * i) : data.getInt(4 * i) & 0xffffffffL;
      default -> data.getLong(8 * i);
    };
  }

  /** The elements in C order. */
  public float[] toFloats() {
    float[] out = new float[size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) getDouble(i);
    }
    return out;
  }

  /** The elements in C order. */
  public double[] toDoubles() {
    double[] out = new double[size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = getDouble(i);
    }
    return out;
  }

  /** The elements in C order. */
  public long[] toLongs() {
    long[] out = new long[size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = getLong(i);
    }
    return out;
  }
}
