package org.onecycle.backend;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.Pointer;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Shapes;

/** Additions to a few places of FLOAT arrays in host memory that are zero elsewhere. */
final class HostScatter {
  private static final long LARGEST = 1 << 30;

  private HostScatter() {}

  static boolean fits(Array from, long[] shape) {
    long bytes = Shapes.numel(shape) * DType.FLOAT.bytes();
    return from.dtype() == DType.FLOAT
        && from.isHost()
        && from.floats() != null
        && bytes <= LARGEST;
  }

  /** Returns zeros to which the elements have been added, each at its place. */
  static Array elements(Array from, long[] shape, int[] places) {
    Array out = zeros(shape);
    FloatBuffer to = out.floats();
    FloatBuffer source = from.floats();
    for (int i = 0; i < places.length; i++) {
      to.put(places[i], to.get(places[i]) + source.get(i));
    }
    return out;
  }

  /**
   * Returns zeros to which the rows have been added: the i-th of each block of {@code rows.length}
   * to row {@code rows[i]} of the same block of {@code size}.
   */
  static Array rows(Array from, long[] shape, long[] rows, int blocks, int size, int length) {
    Array out = zeros(shape);
    FloatBuffer to = out.floats();
    FloatBuffer source = from.floats();
    float[] sum = new float[length];
    float[] row = new float[length];
    int at = 0;
    for (int b = 0; b < blocks; b++) {
      for (long r : rows) {
        int place = (b * size + (int) r) * length;
        to.get(place, sum);
        source.get(at, row);
        add(sum, row);
        to.put(place, sum);
        at += length;
      }
    }
    return out;
  }

  private static void add(float[] sum, float[] row) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += row[i];
    }
  }

  private static Array zeros(long[] shape) {
    Array out = Array.empty(DType.FLOAT, shape);
    Pointer.memset(out.pointer(), 0, out.numel() * DType.FLOAT.bytes());
    return out;
  }
}
