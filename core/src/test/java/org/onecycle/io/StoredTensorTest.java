package org.onecycle.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class StoredTensorTest {
  /** The definition: sign, exponent and mantissa as powers of two. */
  private static double halfByDefinition(int bits) {
    int exponent = bits >> 10 & 31;
    double fraction = (bits & 1023) / 1024.0;
    double value =
        exponent == 0
            ? fraction * Math.pow(2, -14)
            : exponent == 31
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : (1 + fraction) * Math.pow(2, exponent - 15);
    return (bits & 0x8000) == 0 ? value : -value;
  }

  @Test
  void everyHalfIsExact() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      assertEquals((float) halfByDefinition(bits), StoredTensor.half((short) bits));
    }
  }

  @Test
  void bfloat16IsTheUpperHalfOfAFloat() {
    ByteBuffer data = ByteBuffer.wrap(new byte[] {(byte) 0x80, 0x3f, 0x49, (byte) 0xc0});
    StoredTensor tensor = StoredTensor.of("x", ElementType.BFLOAT16, data, 2);
    assertArrayEquals(new float[] {1, -3.140625f}, tensor.toFloats());
  }

  @Test
  void conversions() {
    StoredTensor longs = StoredTensor.of("n", new long[] {1, -2, 1L << 40}, 3);
    assertArrayEquals(new double[] {1, -2, 0x1p40}, longs.toDoubles());
    assertArrayEquals(new long[] {1, -2, 1L << 40}, longs.toLongs());
    StoredTensor doubles = StoredTensor.of("d", new double[] {.1}, 1);
    assertArrayEquals(new float[] {.1f}, doubles.toFloats());
    assertThrows(IllegalArgumentException.class, doubles::toLongs);
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {(byte) 200, 2});
    assertArrayEquals(
        new long[] {200, 2}, StoredTensor.of("u", ElementType.UINT8, bytes, 2).toLongs());
    assertArrayEquals(
        new long[] {-56, 2}, StoredTensor.of("i", ElementType.INT8, bytes, 2).toLongs());
    assertArrayEquals(
        new long[] {1, 1}, StoredTensor.of("b", ElementType.BOOL, bytes, 2).toLongs());
  }

  @Test
  void shapeAndBytesMustAgree() {
    float[] four = new float[4];
    assertThrows(IllegalArgumentException.class, () -> StoredTensor.of("x", four, 3));
    assertThrows(IllegalArgumentException.class, () -> StoredTensor.of("x", four, -2, -2));
    long huge = 1L << 32;
    assertThrows(IllegalArgumentException.class, () -> StoredTensor.of("x", four, huge, huge));
    assertEquals(0, StoredTensor.count(0, 1L << 40));
    assertEquals(1, StoredTensor.count());
  }
}
