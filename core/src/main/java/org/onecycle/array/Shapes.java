package org.onecycle.array;

import java.util.Arrays;

/** Arithmetic of shapes: sizes, strides, axes and broadcasting as NumPy defines it. */
public final class Shapes {
  private Shapes() {}

  /** Returns the number of elements of an array of this shape; 1 for the empty shape. */
  public static long numel(long... shape) {
    long n = 1;
    for (long s : shape) {
      n = Math.multiplyExact(n, s);
    }
    return n;
  }

  /** Returns the C-order strides of the shape, in elements. */
  public static long[] strides(long... shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= Math.max(shape[i], 1);
    }
    return strides;
  }

  /**
   * Returns the axis counted from the front.
   *
   * @param axis the axis, negative counts from the end
   * @throws IllegalArgumentException if there is no such axis
   */
  public static int axis(int axis, int rank) {
    int a = axis < 0 ? axis + rank : axis;
    if (a < 0 || a >= rank) {
      throw new IllegalArgumentException("Axis " + axis + " does not exist in rank " + rank);
    }
    return a;
  }

  /** Returns the axes counted from the front, sorted; all axes when none is given. */
  public static int[] axes(int rank, int... axes) {
    if (axes.length == 0) {
      int[] all = new int[rank];
      Arrays.setAll(all, i -> i);
      return all;
    }
    int[] out = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      out[i] = axis(axes[i], rank);
    }
    Arrays.sort(out);
    for (int i = 1; i < out.length; i++) {
      if (out[i] == out[i - 1]) {
        throw new IllegalArgumentException("Axis " + out[i] + " is named twice");
      }
    }
    return out;
  }

  /**
   * Returns the shape to which both shapes broadcast.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public static long[] broadcast(long[] a, long[] b) {
    if (Arrays.equals(a, b)) {
      return a;
    }
    int rank = Math.max(a.length, b.length);
    long[] out = new long[rank];
    for (int i = 0; i < rank; i++) {
      long x = i < rank - a.length ? 1 : a[i - (rank - a.length)];
      long y = i < rank - b.length ? 1 : b[i - (rank - b.length)];
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException(
            "Shapes " + Arrays.toString(a) + " and " + Arrays.toString(b) + " do not broadcast");
      }
      out[i] = x == 1 ? y : x;
    }
    return out;
  }

  /** Returns the shape without the axes, or with size 1 there. */
  public static long[] reduced(long[] shape, int[] sortedAxes, boolean keepDims) {
    long[] out = new long[keepDims ? shape.length : shape.length - sortedAxes.length];
    int o = 0;
    for (int i = 0; i < shape.length; i++) {
      if (Arrays.binarySearch(sortedAxes, i) < 0) {
        out[o++] = shape[i];
      } else if (keepDims) {
        out[o++] = 1;
      }
    }
    return out;
  }

  /**
   * Returns the shape with its one -1, if any, replaced by what the number of elements leaves.
   *
   * @throws IllegalArgumentException if the shape does not hold exactly {@code numel} elements
   */
  public static long[] infer(long numel, long... shape) {
    long known = 1;
    int hole = -1;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] == -1 && hole < 0) {
        hole = i;
      } else {
        known *= shape[i];
      }
    }
    long[] out = shape.clone();
    if (hole >= 0 && known > 0) {
      out[hole] = numel / known;
    }
    if (known < 0 || (hole >= 0 && known == 0) || numel(out) != numel) {
      throw new IllegalArgumentException(
          "Shape " + Arrays.toString(shape) + " does not hold " + numel + " elements");
    }
    return out;
  }
}
