package org.onecycle.array;

import org.nd4j.linalg.api.buffer.DataType;

/** The element types of an {@link Array}. */
public enum DType {
  /** 32-bit floating point, the type of parameters and activations. */
  FLOAT(4, DataType.FLOAT),
  /** 64-bit floating point, for gradient checks. */
  DOUBLE(8, DataType.DOUBLE),
  /** 16-bit "brain" floating point, for mixed precision. */
  BFLOAT16(2, DataType.BFLOAT16),
  /** Truth values, one byte each. */
  BOOL(1, DataType.BOOL),
  /** Unsigned bytes, the type of pictures. */
  UINT8(1, DataType.UINT8),
  /** Signed bytes. */
  INT8(1, DataType.INT8),
  /** 16-bit integers. */
  INT16(2, DataType.INT16),
  /** 32-bit integers. */
  INT32(4, DataType.INT32),
  /** 64-bit integers, the type of class labels and indices. */
  INT64(8, DataType.INT64);

  private final int bytes;
  private final DataType nd4j;

  DType(int bytes, DataType nd4j) {
    this.bytes = bytes;
    this.nd4j = nd4j;
  }

  /** Returns the bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Returns whether the type is a floating point type, that is, can carry gradients. */
  public boolean isFloating() {
    return this == FLOAT || this == DOUBLE || this == BFLOAT16;
  }

  /** Returns the type's counterpart in ND4J. */
  public DataType nd4j() {
    return nd4j;
  }

  /**
   * Returns the type of the result when the two types meet in one operation: the floating one if
   * only one floats, the wider one otherwise. Of BFLOAT16 and FLOAT, which meet in mixed precision,
   * it is FLOAT.
   *
   * @throws IllegalArgumentException if one is DOUBLE and the other another floating type, which is
   *     nearly always a mistake
   */
  public static DType promote(DType a, DType b) {
    if (a == b) {
      return a;
    }
    if (a.isFloating() && b.isFloating() && a != DOUBLE && b != DOUBLE) {
      return FLOAT;
    }
    if (a.isFloating() && b.isFloating()) {
      throw new IllegalArgumentException(
          "Cannot mix " + a + " and " + b + " in one operation: convert one with to(DType)");
    }
    if (a.isFloating() || b.isFloating()) {
      return a.isFloating() ? a : b;
    }
    if (a == BOOL || b == BOOL) {
      return a == BOOL ? b : a;
    }
    if (a.bytes == b.bytes) {
      return INT16;
    }
    return a.bytes > b.bytes ? a : b;
  }
}
