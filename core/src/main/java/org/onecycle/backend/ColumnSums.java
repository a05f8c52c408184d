package org.onecycle.backend;

import java.util.Arrays;

/**
 * Sums over the rows of FLOAT matrices, one for each column, as good as in double precision: what
 * each addition rounds off is kept and added at the end. Knuth 1969, The Art of Computer
 * Programming, vol. 2, 4.2.2, theorem B.
 *
 * <p>The compiler turns loops into vector instructions that neither widen a type nor use more than
 * one index. So rows come in blocks of some, which lie in arrays of their own, and each place in a
 * block has a sum.
 */
final class ColumnSums {
  private final int columns;
  private final int block;
  private final float[] sum;
  private final float[] lost;

  /** Starts at zero, for blocks of some elements: whole rows. */
  ColumnSums(int columns, int block, Scratch memory) {
    this.columns = columns;
    this.block = block;
    sum = memory.take(block);
    lost = memory.take(block);
    Arrays.fill(sum, 0, block, 0);
    Arrays.fill(lost, 0, block, 0);
  }

  /** Adds the first n elements, which are whole rows. */
  void add(float[] x, int n) {
    add(sum, lost, x, n);
  }

  /** Adds the products of the first n elements, rounded to FLOAT. */
  void addProducts(float[] x, float[] y, int n) {
    addProducts(sum, lost, x, y, n);
  }

  /** Returns the sums; nothing can be added afterwards. */
  double[] get(Scratch memory) {
    float[] upper = memory.take(block);
    for (int rows = block / columns; rows > 1; ) {
      // The upper half of the rows onto the lower one: few long loops in place of many short ones.
      int half = rows / 2;
      int from = (rows - half) * columns;
      int length = half * columns;
      System.arraycopy(lost, from, upper, 0, length);
      addTo(lost, upper, length);
      System.arraycopy(sum, from, upper, 0, length);
      add(sum, lost, upper, length);
      rows -= half;
    }
    double[] out = new double[columns];
    for (int k = 0; k < columns; k++) {
      out[k] = (double) sum[k] + lost(sum[k], lost[k]);
    }
    return out;
  }

  /** Infinity less itself is no number: beside such a sum nothing is lost. */
  private static float lost(float sum, float lost) {
    return Float.isFinite(sum) ? lost : 0;
  }

  private static void addTo(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] += y[i];
    }
  }

  private static void add(float[] sum, float[] lost, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[i];
      float before = sum[i];
      float after = before + v;
      float added = after - before;
      lost[i] += (before - (after - added)) + (v - added);
      sum[i] = after;
    }
  }

  private static void addProducts(float[] sum, float[] lost, float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[i] * y[i];
      float before = sum[i];
      float after = before + v;
      float added = after - before;
      lost[i] += (before - (after - added)) + (v - added);
      sum[i] = after;
    }
  }
}
