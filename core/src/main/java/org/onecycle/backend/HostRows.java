package org.onecycle.backend;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;

/** Rows of a FLOAT or DOUBLE matrix, read and written as doubles; one thread's. */
final class HostRows {
  private final Array array;
  private final int columns;
  private final FloatPointer floats;
  private final DoublePointer doubles;
  private final float[] buffer;

  HostRows(Array array) {
    this.array = array.plain();
    columns = Math.toIntExact(array.size(-1));
    boolean host = array.isHost();
    floats = host && array.dtype() == DType.FLOAT ? new FloatPointer(array.pointer()) : null;
    doubles = host && array.dtype() == DType.DOUBLE ? new DoublePointer(array.pointer()) : null;
    buffer = floats == null ? null : new float[columns];
  }

  void get(long row, double[] into) {
    if (floats != null) {
      floats.position(row * columns).get(buffer, 0, columns);
      for (int i = 0; i < columns; i++) {
        into[i] = buffer[i];
      }
    } else if (doubles != null) {
      doubles.position(row * columns).get(into, 0, columns);
    } else {
      System.arraycopy(Host.doubles(view(row)), 0, into, 0, columns);
    }
  }

  void put(long row, double[] from) {
    if (floats != null) {
      for (int i = 0; i < columns; i++) {
        buffer[i] = (float) from[i];
      }
      floats.position(row * columns).put(buffer, 0, columns);
    } else if (doubles != null) {
      doubles.position(row * columns).put(from, 0, columns);
    } else {
      Host.put(from, view(row));
    }
  }

  private Array view(long row) {
    return array.view(row * columns, columns);
  }
}
