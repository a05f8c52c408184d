package org.onecycle.array;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copies elements between Java arrays and {@link Array}s, converting the type on the way. */
public final class Host {
  private Host() {}

  /** Copies floats into an array of any type, starting at its first element. */
  public static void put(float[] from, Array to) {
    check(from.length, to);
    if (to.dtype() == DType.FLOAT) {
      FloatBuffer floats = to.floats();
      if (floats != null) {
        to.changed();
        floats.put(from);
      } else {
        writeRaw(to, p -> new FloatPointer(p).put(from, 0, from.length), () -> nd(from));
      }
    } else {
      double[] d = new double[from.length];
      for (int i = 0; i < d.length; i++) {
        d[i] = from[i];
      }
      put(d, to);
    }
  }

  /** Copies doubles into an array of any type; integers are truncated toward zero. */
  public static void put(double[] from, Array to) {
    check(from.length, to);
    switch (to.dtype()) {
      case DOUBLE ->
          writeRaw(to, p -> new DoublePointer(p).put(from, 0, from.length), () -> nd(from));
      case FLOAT -> {
        float[] f = new float[from.length];
        for (int i = 0; i < f.length; i++) {
          f[i] = (float) from[i];
        }
        put(f, to);
      }
      case BFLOAT16 -> {
        short[] s = new short[from.length];
        for (int i = 0; i < s.length; i++) {
          s[i] = toBfloat16((float) from[i]);
        }
        writeRaw(to, p -> new ShortPointer(p).put(s, 0, s.length), () -> nd(from));
      }
      default -> {
        long[] l = new long[from.length];
        for (int i = 0; i < l.length; i++) {
          l[i] = to.dtype() == DType.BOOL ? (from[i] != 0 ? 1 : 0) : (long) from[i];
        }
        put(l, to);
      }
    }
  }

  /** Copies longs into an array of any type. */
  public static void put(long[] from, Array to) {
    check(from.length, to);
    int n = from.length;
    switch (to.dtype()) {
      case INT64 -> {
        ByteBuffer bytes = to.bytes();
        if (bytes != null) {
          to.changed();
          bytes.asLongBuffer().put(from);
        } else {
          writeRaw(to, p -> new LongPointer(p).put(from, 0, n), () -> nd(from));
        }
      }
      case INT32 -> {
        int[] v = new int[n];
        for (int i = 0; i < n; i++) {
          v[i] = (int) from[i];
        }
        writeRaw(to, p -> new IntPointer(p).put(v, 0, n), () -> nd(from));
      }
      case INT16 -> {
        short[] v = new short[n];
        for (int i = 0; i < n; i++) {
          v[i] = (short) from[i];
        }
        writeRaw(to, p -> new ShortPointer(p).put(v, 0, n), () -> nd(from));
      }
      case INT8, UINT8, BOOL -> {
        byte[] v = new byte[n];
        for (int i = 0; i < n; i++) {
          v[i] = (byte) (to.dtype() == DType.BOOL ? (from[i] != 0 ? 1 : 0) : from[i]);
        }
        writeRaw(to, p -> new BytePointer(p).put(v, 0, n), () -> nd(from));
      }
      default -> {
        double[] d = new double[n];
        for (int i = 0; i < n; i++) {
          d[i] = from[i];
        }
        put(d, to);
      }
    }
  }

  /** Copies raw bytes into an array of one-byte elements. */
  public static void put(byte[] from, Array to) {
    if (to.dtype().bytes() != 1) {
      throw new IllegalArgumentException("Bytes cannot be copied into an array of " + to.dtype());
    }
    check(from.length, to);
    writeRaw(
        to,
        p -> new BytePointer(p).put(from, 0, from.length),
        () -> {
          long[] l = new long[from.length];
          for (int i = 0; i < l.length; i++) {
            l[i] = to.dtype() == DType.UINT8 ? from[i] & 0xFF : from[i];
          }
          return nd(l);
        });
  }

  /** Returns the elements as floats, in C order. */
  public static float[] floats(Array a) {
    a.plain();
    FloatBuffer buffer = a.floats();
    if (buffer != null) {
      float[] out = new float[length(a)];
      buffer.get(out);
      return out;
    }
    if (a.dtype() == DType.FLOAT && a.isHost()) {
      float[] out = new float[length(a)];
      new FloatPointer(a.pointer()).get(out, 0, out.length);
      return out;
    }
    double[] d = doubles(a);
    float[] out = new float[d.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) d[i];
    }
    return out;
  }

  /** Returns the elements as doubles, in C order. */
  public static double[] doubles(Array a) {
    a.plain();
    if (!a.isHost()) {
      return a.numel() == 0 ? new double[0] : a.nd().dup('c').data().asDouble();
    }
    int n = length(a);
    double[] out = new double[n];
    switch (a.dtype()) {
      case DOUBLE -> new DoublePointer(a.pointer()).get(out, 0, n);
      case FLOAT -> {
        float[] f = floats(a);
        for (int i = 0; i < n; i++) {
          out[i] = f[i];
        }
      }
      case BFLOAT16 -> {
        short[] s = new short[n];
        new ShortPointer(a.pointer()).get(s, 0, n);
        for (int i = 0; i < n; i++) {
          out[i] = Float.intBitsToFloat(s[i] << 16);
        }
      }
      default -> {
        long[] l = longs(a);
        for (int i = 0; i < n; i++) {
          out[i] = l[i];
        }
      }
    }
    return out;
  }

  /** Returns the elements as longs, in C order; floating values are truncated toward zero. */
  public static long[] longs(Array a) {
    a.plain();
    if (!a.isHost()) {
      return a.numel() == 0 ? new long[0] : a.nd().dup('c').data().asLong();
    }
    int n = length(a);
    long[] out = new long[n];
    ByteBuffer bytes = a.dtype() == DType.INT64 ? a.bytes() : null;
    if (bytes != null) {
      bytes.asLongBuffer().get(out);
      return out;
    }
    Pointer p = a.pointer();
    switch (a.dtype()) {
      case INT64 -> new LongPointer(p).get(out, 0, n);
      case INT32 -> {
        int[] v = new int[n];
        new IntPointer(p).get(v, 0, n);
        for (int i = 0; i < n; i++) {
          out[i] = v[i];
        }
      }
      case INT16 -> {
        short[] v = new short[n];
        new ShortPointer(p).get(v, 0, n);
        for (int i = 0; i < n; i++) {
          out[i] = v[i];
        }
      }
      case INT8, UINT8, BOOL -> {
        byte[] v = bytes(a);
        for (int i = 0; i < n; i++) {
          out[i] = a.dtype() == DType.INT8 ? v[i] : v[i] & 0xFF;
        }
      }
      default -> {
        double[] d = doubles(a);
        for (int i = 0; i < n; i++) {
          out[i] = (long) d[i];
        }
      }
    }
    return out;
  }

  /** Returns the elements of an array of one-byte elements. */
  public static byte[] bytes(Array a) {
    if (a.dtype().bytes() != 1) {
      throw new IllegalArgumentException("An array of " + a.dtype() + " is not made of bytes");
    }
    a.plain();
    if (!a.isHost()) {
      long[] l = longs(a);
      byte[] out = new byte[l.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = (byte) l[i];
      }
      return out;
    }
    byte[] out = new byte[length(a)];
    new BytePointer(a.pointer()).get(out, 0, out.length);
    return out;
  }

  /** Returns single elements of an array of a floating type, by position in C order. */
  public static double[] pick(Array a, long[] positions) {
    double[] out = new double[positions.length];
    FloatBuffer floats = a.floats();
    ByteBuffer bytes = a.dtype() == DType.DOUBLE ? a.bytes() : null;
    double[] all = floats == null && bytes == null ? doubles(a) : null;
    for (int i = 0; i < out.length; i++) {
      int at = Math.toIntExact(positions[i]);
      out[i] = floats != null ? floats.get(at) : all != null ? all[at] : bytes.getDouble(8 * at);
    }
    return out;
  }

  /** Makes an array of a floating type zero but for single elements, by position in C order. */
  public static void putOnly(double[] from, long[] positions, Array to) {
    FloatBuffer floats = to.floats();
    if (floats != null) {
      to.changed();
      Pointer.memset(to.pointer(), 0, to.numel() * DType.FLOAT.bytes());
      for (int i = 0; i < from.length; i++) {
        floats.put((int) positions[i], (float) from[i]);
      }
      return;
    }
    double[] all = new double[length(to)];
    for (int i = 0; i < from.length; i++) {
      all[(int) positions[i]] = from[i];
    }
    put(all, to);
  }

  private interface Raw {
    void write(Pointer pointer);
  }

  private interface Copy {
    INDArray make();
  }

  private static void writeRaw(Array to, Raw raw, Copy copy) {
    to.plain();
    if (to.numel() == 0) {
      return;
    }
    to.changed();
    if (to.isHost()) {
      raw.write(to.pointer());
    } else {
      try (INDArray from = copy.make()) {
        to.nd().assign(from.castTo(to.dtype().nd4j()).reshape(to.shape()));
      }
    }
  }

  private static INDArray nd(float[] v) {
    return Nd4j.createFromArray(v);
  }

  private static INDArray nd(double[] v) {
    return Nd4j.createFromArray(v);
  }

  private static INDArray nd(long[] v) {
    return Nd4j.createFromArray(v);
  }

  private static void check(int length, Array to) {
    if (length != to.numel()) {
      throw new IllegalArgumentException(
          "Expected " + to.numel() + " values for " + to + ", got " + length);
    }
  }

  private static int length(Array a) {
    return Math.toIntExact(a.numel());
  }

  /** Rounds to the nearest bfloat16, ties to even. */
  private static short toBfloat16(float f) {
    if (Float.isNaN(f)) {
      return (short) 0x7FC0;
    }
    int bits = Float.floatToRawIntBits(f);
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }
}
