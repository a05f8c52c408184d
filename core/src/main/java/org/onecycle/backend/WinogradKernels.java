package org.onecycle.backend;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Layout;
import org.onecycle.array.Scope;

/**
 * Kernels {@code [K, C, 3, taps]} and their six planes {@code [K, C, 1, taps]}, which lie as a
 * convolution takes them.
 *
 * @param copies of the three rows
 * @param matrix that maps rows to planes or back
 */
record WinogradKernels(OneDnnLayout plane, List<OneDnnCall> copies, OneDnnCall map, Array matrix)
    implements Layout {
  private static final int TAPS = WinogradMatrices.TAPS;
  private static final int TILE = WinogradMatrices.TILE;

  /** To planes that lie as described. */
  static WinogradKernels toPlanes(OneDnnLayout plane, double[][] matrix) {
    return of(plane, matrix, true);
  }

  /** From the planes that so many steps of a convolution make one after the other. */
  static WinogradKernels fromPlanes(OneDnnLayout plane, double[][] matrix, int steps) {
    double[][] sum = new double[matrix.length][TILE * steps];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < sum[i].length; j++) {
        sum[i][j] = matrix[i][j % TILE];
      }
    }
    return of(plane, sum, false);
  }

  private static WinogradKernels of(OneDnnLayout plane, double[][] matrix, boolean toPlanes) {
    long[] shape = plane.shape;
    long taps = shape[3];
    long[] strides = {shape[1] * TAPS * taps, TAPS * taps, taps, 1};
    memory.desc row = new memory.desc(shape, memory.data_type.f32, strides);
    List<OneDnnCall> copies = new ArrayList<>();
    for (int i = 0; i < TAPS; i++) {
      long inKernel = i * taps * Float.BYTES;
      long inRows = i * plane.bytes;
      copies.add(
          toPlanes
              ? OneDnnCall.copying(row, inKernel, plane.desc, inRows)
              : OneDnnCall.copying(plane.desc, inRows, row, inKernel));
    }
    long n = plane.bytes / Float.BYTES;
    memory.desc a = OneDnnLayout.plain(matrix.length, matrix[0].length).desc;
    memory.desc b = OneDnnLayout.plain(matrix[0].length, n).desc;
    memory.desc c = OneDnnLayout.plain(matrix.length, n).desc;
    OneDnnCall map =
        new OneDnnCall(new matmul(new matmul.primitive_desc(OneDnn.engine(), a, b, c)))
            .with(dnnl.DNNL_ARG_SRC, a)
            .with(dnnl.DNNL_ARG_WEIGHTS, b)
            .with(dnnl.DNNL_ARG_DST, c);
    return new WinogradKernels(plane, copies, map, WinogradMatrices.array(matrix));
  }

  /** Returns memory for a kernel's planes. */
  Array allocate() {
    long[] shape = {plane.shape[0], plane.shape[1], TAPS, plane.shape[3]};
    return Array.opaque(DType.FLOAT, shape, TILE * plane.bytes, this);
  }

  /** Returns whether these are planes as the other ones are. */
  boolean isLike(Layout other) {
    return other instanceof WinogradKernels k && k.plane == plane;
  }

  /** Returns memory for some planes. */
  Array allocate(int planes) {
    return Array.empty(DType.FLOAT, planes * plane.bytes / Float.BYTES);
  }

  /** Writes a plain kernel's planes. */
  void split(Array w, Array planes) {
    try (Scope s = Scope.open()) {
      Array rows = allocate(TAPS);
      copies.forEach(c -> c.run(w, rows));
      map.run(matrix, rows, planes);
    }
  }

  /** Writes the plain kernel that the planes of its gradient add up to. */
  void join(Array planes, Array w) {
    try (Scope s = Scope.open()) {
      Array rows = allocate(TAPS);
      map.run(matrix, planes, rows);
      copies.forEach(c -> c.run(rows, w));
    }
  }

  @Override
  public void unpack(Array planes, Array plain) {
    WinogradKernels back =
        OneDnnCall.cached(
            () -> fromPlanes(plane, WinogradMatrices.BACK_TO_KERNEL, 1), "winograd back", plane);
    back.join(planes, plain);
  }
}
