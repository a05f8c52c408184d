package org.onecycle.io;

import java.util.Optional;

/** How the elements of a stored tensor are written, little-endian. */
public enum ElementType {
  /** IEEE double. */
  FLOAT64("F64", 8),
  /** IEEE single. */
  FLOAT32("F32", 4),
  /** IEEE half. */
  FLOAT16("F16", 2),
  /** The upper half of an IEEE single. */
  BFLOAT16("BF16", 2),
  /** Signed, 8 bytes. */
  INT64("I64", 8),
  /** Signed, 4 bytes. */
  INT32("I32", 4),
  /** Signed, 2 bytes. */
  INT16("I16", 2),
  /** Signed, 1 byte. */
  INT8("I8", 1),
  /** Unsigned, 1 byte. */
  UINT8("U8", 1),
  /** One byte, 0 or 1. */
  BOOL("BOOL", 1);

  private final String safetensorsName;
  private final int bytes;

  ElementType(String safetensorsName, int bytes) {
    this.safetensorsName = safetensorsName;
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether the elements are floating-point numbers. */
  public boolean isFloating() {
    return ordinal() <= BFLOAT16.ordinal();
  }

  String safetensorsName() {
    return safetensorsName;
  }

  static Optional<ElementType> ofSafetensors(String name) {
    for (ElementType type : values()) {
      if (type.safetensorsName.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** PyTorch's word for the type, {@code float32} or one of its older names. */
  static Optional<ElementType> ofTorch(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "float64", "double", "DoubleStorage" -> FLOAT64;
          case "float32", "float", "FloatStorage" -> FLOAT32;
          case "float16", "half", "HalfStorage" -> FLOAT16;
          case "bfloat16", "BFloat16Storage" -> BFLOAT16;
          case "int64", "long", "LongStorage" -> INT64;
          case "int32", "int", "IntStorage" -> INT32;
          case "int16", "short", "ShortStorage" -> INT16;
          case "int8", "CharStorage" -> INT8;
          case "uint8", "ByteStorage" -> UINT8;
          case "bool", "BoolStorage" -> BOOL;
          default -> null;
        });
  }
}
