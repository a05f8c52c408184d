package org.onecycle.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.tensor.Tensor;

/** Stored tensors from and to tensors that compute. */
final class TensorBytes {
  private TensorBytes() {}

  /** The type that holds every value of a stored type; there is no half-precision one. */
  static DType natural(ElementType type) {
    return switch (type) {
      case FLOAT64 -> DType.DOUBLE;
      case FLOAT32, FLOAT16 -> DType.FLOAT;
      case BFLOAT16 -> DType.BFLOAT16;
      case INT64 -> DType.INT64;
      case INT32 -> DType.INT32;
      case INT16 -> DType.INT16;
      case INT8 -> DType.INT8;
      case UINT8 -> DType.UINT8;
      case BOOL -> DType.BOOL;
    };
  }

  static Tensor load(StoredTensor from, DType dtype) {
    Array to = Array.empty(dtype, from.shape());
    if (from.type() == ElementType.FLOAT64) {
      Host.put(from.toDoubles(), to);
    } else if (from.type().isFloating()) {
      Host.put(from.toFloats(), to);
    } else {
      Host.put(from.toLongs(), to);
    }
    return Tensor.of(to);
  }

  static StoredTensor store(String name, Tensor tensor) {
    DType dtype = tensor.dtype();
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(tensor.numel() * dtype.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    ElementType type =
        switch (dtype) {
          case DOUBLE -> {
            out.asDoubleBuffer().put(tensor.toDoubles());
            yield ElementType.FLOAT64;
          }
          case FLOAT -> {
            out.asFloatBuffer().put(tensor.toFloats());
            yield ElementType.FLOAT32;
          }
          case BFLOAT16 -> {
            float[] values = tensor.toFloats();
            for (int i = 0; i < values.length; i++) {
              out.putShort(2 * i, (short) (Float.floatToRawIntBits(values[i]) >>> 16));
            }
            yield ElementType.BFLOAT16;
          }
          case INT64 -> {
            out.asLongBuffer().put(tensor.toLongs());
            yield ElementType.INT64;
          }
          case INT32, INT16, INT8, UINT8, BOOL -> integers(tensor, out);
        };
    return StoredTensor.of(name, type, out, tensor.shape());
  }

  private static ElementType integers(Tensor tensor, ByteBuffer out) {
    long[] values = tensor.toLongs();
    int bytes = tensor.dtype().bytes();
    for (int i = 0; i < values.length; i++) {
      switch (bytes) {
        case 4 -> out.putInt(4 * i, (int) values[i]);
        case 2 -> out.putShort(2 * i, (short) values[i]);
        default -> out.put(i, (byte) values[i]);
      }
    }
    return ElementType.valueOf(tensor.dtype().name());
  }
}
