package org.onecycle.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Supplier;
import org.onecycle.array.DType;
import org.onecycle.tensor.Tensor;

/**
 * A tensor in a file: its name, element type and shape, with the numbers read when they are asked
 * for.
 *
 * <p>Immutable; at most 2 GiB. The elements come in C order whatever the strides in the file are.
 */
public final class StoredTensor {
  private final String name;
  private final ElementType type;
  private final long[] shape;
  private final long[] strides;
  private final long offset;
  private final Supplier<ByteBuffer> storage;

  /** A view of a storage; offset and strides count elements and are checked by the caller. */
  StoredTensor(
      String name,
      ElementType type,
      long[] shape,
      long[] strides,
      long offset,
      Supplier<ByteBuffer> storage) {
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.storage = storage;
  }

  /** A tensor whose bytes are given: little-endian, C order. */
  public static StoredTensor of(String name, ElementType type, ByteBuffer data, long... shape) {
    long bytes = count(shape) * type.bytes();
    if (data.remaining() != bytes) {
      throw new IllegalArgumentException(
          "%s %s of shape %s needs %d bytes, got %d"
              .formatted(name, type, Arrays.toString(shape), bytes, data.remaining()));
    }
    ByteBuffer own = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long[] sizes = shape.clone();
    return new StoredTensor(name, type, sizes, contiguous(sizes), 0, () -> own);
  }

  /** A FLOAT32 tensor. */
  public static StoredTensor of(String name, float[] values, long... shape) {
    ByteBuffer data = allocate(values.length * 4L);
    data.asFloatBuffer().put(values);
    return of(name, ElementType.FLOAT32, data, shape);
  }

  /** A FLOAT64 tensor. */
  public static StoredTensor of(String name, double[] values, long... shape) {
    ByteBuffer data = allocate(values.length * 8L);
    data.asDoubleBuffer().put(values);
    return of(name, ElementType.FLOAT64, data, shape);
  }

  /** An INT64 tensor. */
  public static StoredTensor of(String name, long[] values, long... shape) {
    ByteBuffer data = allocate(values.length * 8L);
    data.asLongBuffer().put(values);
    return of(name, ElementType.INT64, data, shape);
  }

  /** A tensor's values, copied, in its own element type. */
  public static StoredTensor of(String name, Tensor tensor) {
    return TensorBytes.store(name, tensor);
  }

  /** The same numbers under another name. */
  public StoredTensor withName(String other) {
    return new StoredTensor(other, type, shape, strides, offset, storage);
  }

  /** The name in the file; empty where the file gives none. */
  public String name() {
    return name;
  }

  /** How the elements are stored. */
  public ElementType type() {
    return type;
  }

  /** The sizes of the dimensions; none for a scalar. */
  public long[] shape() {
    return shape.clone();
  }

  /** The number of elements. */
  public long numel() {
    return count(shape);
  }

  /** The elements' bytes, little-endian in C order, read-only. */
  public ByteBuffer data() {
    int bytes = Math.toIntExact(numel() * type.bytes());
    if (bytes == 0) {
      return allocate(0).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
    ByteBuffer all = storage.get();
    if (isContiguous()) {
      ByteBuffer part = all.slice(Math.toIntExact(offset * type.bytes()), bytes);
      return part.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
    ByteBuffer out = allocate(bytes);
    gather(all, out);
    return out.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private boolean isContiguous() {
    long expected = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] != 1 && strides[d] != expected) {
        return false;
      }
      expected *= shape[d];
    }
    return true;
  }

  private void gather(ByteBuffer all, ByteBuffer out) {
    long[] index = new long[shape.length];
    long at = offset;
    int size = type.bytes();
    while (out.hasRemaining()) {
      int from = Math.toIntExact(at * size);
      switch (size) {
        case 1 -> out.put(all.get(from));
        case 2 -> out.putShort(all.getShort(from));
        case 4 -> out.putInt(all.getInt(from));
        default -> out.putLong(all.getLong(from));
      }
      for (int d = shape.length - 1; d >= 0; d--) {
        at += strides[d];
        if (++index[d] < shape[d]) {
          break;
        }
        at -= strides[d] * shape[d];
        index[d] = 0;
      }
    }
  }

  /** The elements in C order; FLOAT64 and integers are rounded, halves are exact. */
  public float[] toFloats() {
    float[] out = new float[Math.toIntExact(numel())];
    ByteBuffer data = data();
    if (type == ElementType.FLOAT32) {
      data.asFloatBuffer().get(out);
      return out;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = type.isFloating() ? (float) floating(data, i) : (float) integer(data, i);
    }
    return out;
  }

  /** The elements in C order; INT64 is rounded, everything else exact. */
  public double[] toDoubles() {
    double[] out = new double[Math.toIntExact(numel())];
    ByteBuffer data = data();
    for (int i = 0; i < out.length; i++) {
      out[i] = type.isFloating() ? floating(data, i) : (double) integer(data, i);
    }
    return out;
  }

  /**
   * The elements in C order; booleans are 0 and 1.
   *
   * @throws IllegalArgumentException if the elements are floating-point numbers
   */
  public long[] toLongs() {
    if (type.isFloating()) {
      throw new IllegalArgumentException("%s holds %s, not integers".formatted(name, type));
    }
    long[] out = new long[Math.toIntExact(numel())];
    ByteBuffer data = data();
    for (int i = 0; i < out.length; i++) {
      out[i] = integer(data, i);
    }
    return out;
  }

  /**
   * A tensor of these values in the current scope, in the type that holds them exactly: FLOAT for
   * halves.
   */
  public Tensor toTensor() {
    return toTensor(TensorBytes.natural(type));
  }

  /** A tensor of these values in the current scope, converted to a type. */
  public Tensor toTensor(DType dtype) {
    return TensorBytes.load(this, dtype);
  }

  private double floating(ByteBuffer data, int i) {
    return switch (type) {
      case FLOAT64 -> data.getDouble(8 * i);
      case FLOAT32 -> data.getFloat(4 * i);
      case FLOAT16 -> half(data.getShort(2 * i));
      case BFLOAT16 -> Float.intBitsToFloat(data.getShort(2 * i) << 16);
      default -> throw new AssertionError(type);
    };
  }

  private long integer(ByteBuffer data, int i) {
    return switch (type) {
      case INT64 -> data.getLong(8 * i);
      case INT32 -> data.getInt(4 * i);
      case INT16 -> data.getShort(2 * i);
      case INT8 -> data.get(i);
      case UINT8 -> data.get(i) & 0xff;
      case BOOL -> data.get(i) == 0 ? 0 : 1;
      default -> throw new AssertionError(type);
    };
  }

  /** Float.float16ToFloat came with Java 20. */
  static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int mantissa = bits & 0x3ff;
    float magnitude =
        exponent == 0
            ? mantissa * 0x1p-24f
            : Float.intBitsToFloat(
                (exponent == 31 ? 0x7f800000 : exponent + 112 << 23) | mantissa << 13);
    return bits < 0 ? -magnitude : magnitude;
  }

  static long[] contiguous(long... shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= shape[d];
    }
    return strides;
  }

  /**
   * The number of elements of a shape.
   *
   * @throws IllegalArgumentException if a size is negative or their product too great
   */
  static long count(long... shape) {
    long n = 1;
    boolean empty = false;
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("negative size in shape " + Arrays.toString(shape));
      }
      empty |= size == 0;
      // 2^59 elements of 8 bytes are the most that a long counts.
      if (size != 0 && n > (1L << 59) / size) {
        throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " is too great");
      }
      n *= Math.max(size, 1);
    }
    return empty ? 0 : n;
  }

  private static ByteBuffer allocate(long bytes) {
    return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(name.isEmpty() ? "tensor" : name, type, Arrays.toString(shape));
  }
}
