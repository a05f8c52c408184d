package org.onecycle.vision.augment;

/** 3 x 3 matrices, row by row, that map places of the plane. */
final class Matrix3 {
  static final double[] IDENTITY = {1, 0, 0, 0, 1, 0, 0, 0, 1};

  private Matrix3() {}

  static double[] mul(double[] a, double[] b) {
    double[] c = new double[9];
    for (int i = 0; i < 9; i++) {
      int r = i / 3 * 3;
      int k = i % 3;
      c[i] = a[r] * b[k] + a[r + 1] * b[k + 3] + a[r + 2] * b[k + 6];
    }
    return c;
  }

  /** The perspective that takes four points to four others. */
  static double[] perspective(double[][] from, double[][] to) {
    double[][] rows = new double[8][];
    for (int i = 0; i < 4; i++) {
      double u = from[i][0];
      double v = from[i][1];
      double x = to[i][0];
      double y = to[i][1];
      rows[2 * i] = new double[] {u, v, 1, 0, 0, 0, -x * u, -x * v, x};
      rows[2 * i + 1] = new double[] {0, 0, 0, u, v, 1, -y * u, -y * v, y};
    }
    double[] m = new double[9];
    System.arraycopy(solve(rows), 0, m, 0, 8);
    m[8] = 1;
    return m;
  }

  /** Gauss-Jordan with the largest pivot; each row is an equation, its right side last. */
  private static double[] solve(double[][] rows) {
    int n = rows.length;
    for (int c = 0; c < n; c++) {
      int pivot = c;
      for (int r = c + 1; r < n; r++) {
        if (Math.abs(rows[r][c]) > Math.abs(rows[pivot][c])) {
          pivot = r;
        }
      }
      double[] top = rows[pivot];
      rows[pivot] = rows[c];
      rows[c] = top;
      for (int r = 0; r < n; r++) {
        double f = r == c ? 0 : rows[r][c] / top[c];
        for (int k = c; k <= n && f != 0; k++) {
          rows[r][k] -= f * top[k];
        }
      }
    }
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = rows[i][n] / rows[i][i];
    }
    return x;
  }
}
