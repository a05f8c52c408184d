package org.onecycle.io;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A NumPy dtype in a pickle; fastai's optimiser files hold learning rates as NumPy scalars. */
final class NumpyScalarType {
  private final String code;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  NumpyScalarType(String code) {
    this.code = code.replaceFirst("^[<|=]", "");
  }

  /** The byte order that the pickle gives as the type's state. */
  void order(String sign) {
    order = sign.equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  Object decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(order);
    try {
      return switch (code) {
        case "f8" -> in.getDouble();
        case "f4" -> (double) in.getFloat();
        case "f2" -> (double) StoredTensor.half(in.getShort());
        case "i8", "u8" -> in.getLong();
        case "i4" -> (long) in.getInt();
        case "u4" -> in.getInt() & 0xffffffffL;
        case "i2" -> (long) in.getShort();
        case "u2" -> in.getShort() & 0xffffL;
        case "i1" -> (long) in.get();
        case "u1" -> in.get() & 0xffL;
        case "b1" -> in.get() != 0;
        default -> throw new PickleException("refused: a NumPy scalar of type " + code);
      };
    } catch (BufferUnderflowException e) {
      throw new PickleException("malformed pickle: a NumPy scalar of too few bytes");
    }
  }
}
