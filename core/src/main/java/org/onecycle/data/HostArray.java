package org.onecycle.data;

import java.lang.reflect.Array;
import java.util.Arrays;
import org.onecycle.array.DType;
import org.onecycle.tensor.Tensor;

/**
 * Numbers in one plain Java array, with a shape: what worker threads write, before the consumer's
 * thread makes a tensor of it; also a member of a sample, where it needs no type of its own.
 */
public final class HostArray implements Collatable {
  private final DType dtype;
  private final long[] shape;
  private final Object data;

  private HostArray(DType dtype, long[] shape, Object data) {
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
  }

  /**
   * Allocates zeros.
   *
   * @throws IllegalArgumentException if a Java array cannot hold that many numbers, or the dtype
   *     has no Java type
   */
  public static HostArray zeros(DType dtype, long... shape) {
    long n = 1;
    for (long s : shape) {
      n = Math.multiplyExact(n, s);
    }
    if (n > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a batch array of shape " + Arrays.toString(shape) + " is too large; use a smaller bs");
    }
    Object data =
        switch (dtype) {
          case FLOAT -> new float[(int) n];
          case DOUBLE -> new double[(int) n];
          case INT64 -> new long[(int) n];
          case UINT8 -> new byte[(int) n];
          default ->
              throw new IllegalArgumentException(
                  "batches are collated as FLOAT, DOUBLE, UINT8 or INT64, got " + dtype);
        };
    return new HostArray(dtype, shape.clone(), data);
  }

  /** Takes over FLOAT numbers in C order, without a copy. */
  public static HostArray of(float[] data, long... shape) {
    return new HostArray(DType.FLOAT, checked(shape, data.length), data);
  }

  /** Takes over DOUBLE numbers in C order, without a copy. */
  public static HostArray of(double[] data, long... shape) {
    return new HostArray(DType.DOUBLE, checked(shape, data.length), data);
  }

  /** Takes over INT64 numbers in C order, without a copy. */
  public static HostArray of(long[] data, long... shape) {
    return new HostArray(DType.INT64, checked(shape, data.length), data);
  }

  private static long[] checked(long[] shape, int length) {
    long n = 1;
    for (long s : shape) {
      n *= s;
    }
    if (n != length) {
      throw new IllegalArgumentException(
          "HostArray of shape "
              + Arrays.toString(shape)
              + " expects "
              + n
              + " numbers, got "
              + length);
    }
    return shape.clone();
  }

  /** Returns rows of this array {@code [N, ...]}, copied: {@code [rows.length, ...]}. */
  public HostArray gather(int[] rows) {
    long[] to = shape.clone();
    to[0] = rows.length;
    HostArray out = zeros(dtype, to);
    int size = 1;
    for (int i = 1; i < shape.length; i++) {
      size *= (int) shape[i];
    }
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(data, rows[i] * size, out.data, i * size, size);
    }
    return out;
  }

  /** Makes n numbers 0, from the offset on. */
  void clear(int offset, int n) {
    if (data instanceof float[] f) {
      Arrays.fill(f, offset, offset + n, 0);
    } else if (data instanceof double[] d) {
      Arrays.fill(d, offset, offset + n, 0);
    } else if (data instanceof long[] l) {
      Arrays.fill(l, offset, offset + n, 0);
    } else {
      Arrays.fill((byte[]) data, offset, offset + n, (byte) 0);
    }
  }

  /** Returns the number of bytes that the numbers take. */
  long weight() {
    return (long) Array.getLength(data) * dtype.bytes();
  }

  /** Returns whether numbers of this type and shape fit in. */
  boolean is(DType otherType, long... otherShape) {
    return dtype == otherType && Arrays.equals(shape, otherShape);
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Returns the storage of a FLOAT array, in C order. */
  public float[] floats() {
    return (float[]) data;
  }

  /** Returns the storage of a DOUBLE array, in C order. */
  public double[] doubles() {
    return (double[]) data;
  }

  /** Returns the storage of an INT64 array, in C order. */
  public long[] longs() {
    return (long[]) data;
  }

  /** Returns the storage of a UINT8 array, in C order. */
  public byte[] bytes() {
    return (byte[]) data;
  }

  /** Copies the numbers into a tensor of the calling thread's scope. */
  public Tensor toTensor() {
    if (data instanceof float[] f) {
      return Tensor.of(f, shape);
    }
    if (data instanceof double[] d) {
      return Tensor.of(d, shape);
    }
    if (data instanceof long[] l) {
      return Tensor.of(l, shape);
    }
    return Tensor.of((byte[]) data, shape);
  }

  @Override
  public void writeTo(HostArray target, int offset) {
    System.arraycopy(data, 0, target.data, offset, Array.getLength(data));
  }

  @Override
  public Object restore(Tensor value) {
    return switch (value.dtype()) {
      case FLOAT, BFLOAT16 -> of(value.toFloats(), value.shape());
      case DOUBLE -> of(value.toDoubles(), value.shape());
      default -> of(value.toLongs(), value.shape());
    };
  }
}
