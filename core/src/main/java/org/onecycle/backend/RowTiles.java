package org.onecycle.backend;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.onecycle.array.Array;
import org.onecycle.array.DType;

/**
 * Pictures whose channels stand last cut into tiles of rows: linear maps between the rows of some
 * tiles and planes {@code [planes, tiles, N, W, C]}. What is the same map for each tile is one
 * product with a matrix for all of them, whose zeros cost less than a call for each tile.
 *
 * @param images N
 * @param rows of a picture
 * @param length elements of a row, W C
 * @param first the row at which the first tile begins; rows outside of a picture are zero
 */
record RowTiles(long images, int rows, long length, int first) {
  private static final int STEP = WinogradMatrices.RESULTS;

  /** A map, with the matrix that it multiplies by. */
  record RowMap(OneDnnCall call, Array matrix) {
    /** Maps the first array to the second; what else was declared stands behind them. */
    void run(Array... arrays) {
      Array[] all = new Array[arrays.length + 1];
      all[0] = matrix;
      System.arraycopy(arrays, 0, all, 1, arrays.length);
      call.run(all);
    }
  }

  /** Returns how many elements of one plane some tiles have. */
  long plane(int tiles) {
    return tiles * images * length;
  }

  /**
   * Returns the map from pictures to planes.
   *
   * @param matrix of one tile, {@code [planes, rows of a tile]}
   * @param from the first tile
   * @param to the tile behind the last one
   */
  RowMap toPlanes(double[][] matrix, int from, int to) {
    int low = low(from);
    int high = high(to, matrix[0].length);
    int tiles = to - from;
    double[][] all = new double[matrix.length * tiles][high - low];
    for (int t = 0; t < tiles; t++) {
      for (int i = 0; i < matrix[0].length; i++) {
        int row = first + (from + t) * STEP + i;
        for (int a = 0; row >= low && row < high && a < matrix.length; a++) {
          all[a * tiles + t][row - low] = matrix[a][i];
        }
      }
    }
    memory.desc m = matrix(all);
    memory.desc x = pictures(low, high);
    memory.desc v = planes(all.length);
    OneDnnCall call =
        new OneDnnCall(new matmul(new matmul.primitive_desc(OneDnn.engine(), m, x, v)))
            .with(dnnl.DNNL_ARG_SRC, m)
            .with(dnnl.DNNL_ARG_WEIGHTS, x, offset(low))
            .with(dnnl.DNNL_ARG_DST, v);
    return new RowMap(call, WinogradMatrices.array(all));
  }

  /**
   * Returns the map from planes to pictures.
   *
   * @param matrix of one tile, {@code [rows of a tile, planes]}; rows of different tiles differ
   * @param bias whether a row is given that is added to each
   * @param addend whether pictures are given that are added
   */
  RowMap toPictures(
      double[][] matrix, int from, int to, boolean bias, boolean addend, boolean relu) {
    int low = low(from);
    int high = high(to, matrix.length);
    int tiles = to - from;
    int planes = matrix[0].length;
    double[][] all = new double[high - low][planes * tiles];
    for (int row = low; row < high; row++) {
      int t = (row - first) / STEP - from;
      for (int a = 0; a < planes; a++) {
        all[row - low][a * tiles + t] = matrix[(row - first) % STEP][a];
      }
    }
    memory.desc m = matrix(all);
    memory.desc v = planes(planes * tiles);
    memory.desc y = pictures(low, high);
    memory.desc row = desc(new long[] {1, 1, length}, new long[] {length, length, 1});
    post_ops after = new post_ops();
    if (addend) {
      after.append_binary(dnnl.algorithm.binary_add, y);
    }
    if (relu) {
      after.append_eltwise(dnnl.algorithm.eltwise_relu, 0, 0);
    }
    primitive_attr attr = new primitive_attr();
    attr.set_post_ops(after);
    matmul.primitive_desc pd =
        bias
            ? new matmul.primitive_desc(OneDnn.engine(), m, v, row, y, attr, false)
            : new matmul.primitive_desc(OneDnn.engine(), m, v, y, attr, false);
    OneDnnCall call =
        new OneDnnCall(new matmul(pd))
            .with(dnnl.DNNL_ARG_SRC, m)
            .with(dnnl.DNNL_ARG_WEIGHTS, v)
            .with(dnnl.DNNL_ARG_DST, y, offset(low));
    if (bias) {
      call.with(dnnl.DNNL_ARG_BIAS, row);
    }
    if (addend) {
      int added = dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1;
      call.with(added, y, offset(low));
    }
    return new RowMap(call, WinogradMatrices.array(all));
  }

  private int low(int from) {
    return Math.max(0, first + from * STEP);
  }

  private int high(int to, int height) {
    return Math.min(rows, first + (to - 1) * STEP + height);
  }

  private long offset(int row) {
    return row * length * Float.BYTES;
  }

  private static memory.desc matrix(double[][] m) {
    long width = m[0].length;
    long all = m.length * width;
    return desc(new long[] {1, m.length, width}, new long[] {all, width, 1});
  }

  private memory.desc pictures(int low, int high) {
    return desc(new long[] {images, high - low, length}, new long[] {rows * length, length, 1});
  }

  private memory.desc planes(long count) {
    return desc(new long[] {images, count, length}, new long[] {length, images * length, 1});
  }

  private static memory.desc desc(long[] shape, long[] strides) {
    return new memory.desc(shape, OneDnnLayout.type(DType.FLOAT), strides);
  }
}
