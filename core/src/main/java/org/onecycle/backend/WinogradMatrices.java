package org.onecycle.backend;

import java.util.Arrays;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;

/**
 * The matrices of Winograd's F(4, 3): four results of a correlation with three taps, {@code y = A
 * ((G g) * (B d))} with {@code d} of six elements, take six multiplications in place of twelve.
 *
 * <p>They are Toom and Cook's for the points 0, 1/2, -1/2, 3/2, -3/2 and infinity. All of A and B
 * is exact in FLOAT, and small: the usual points 0, 1, -1, 2, -2 round one and a half times as
 * coarsely.
 *
 * @see <a href="https://arxiv.org/abs/1509.09308">Lavin, Gray, Fast Algorithms for Convolutional
 *     Neural Networks</a>
 * @see <a href="https://arxiv.org/abs/1803.10986">Barabasz et al., Error Analysis and Improving the
 *     Accuracy of Winograd Convolution for Deep Neural Networks</a>
 */
final class WinogradMatrices {
  /** Results of a tile. */
  static final int RESULTS = 4;

  /** Taps of the kernel. */
  static final int TAPS = 3;

  /** Elements of a tile, and multiplications. */
  static final int TILE = RESULTS + TAPS - 1;

  private static final double[] POINTS = {0, 0.5, -0.5, 1.5, -1.5};

  /** A, {@code [4, 6]}. */
  static final double[][] TO_RESULT = toResult();

  /** The transpose of A, {@code [6, 4]}: for the gradient of the result. */
  static final double[][] FROM_RESULT = transposed(TO_RESULT);

  /** B, {@code [6, 6]}. */
  static final double[][] FROM_INPUT = fromInput();

  /** G, {@code [6, 3]}. */
  static final double[][] FROM_KERNEL = fromKernel();

  /** G for a kernel whose taps stand in reverse, {@code [6, 3]}. */
  static final double[][] FROM_REVERSED = reversed(FROM_KERNEL);

  /** The transpose of G, {@code [3, 6]}: for the gradient of the kernel. */
  static final double[][] TO_KERNEL = transposed(FROM_KERNEL);

  /** Recovers a kernel from its planes, {@code [3, 6]}. */
  static final double[][] BACK_TO_KERNEL = backToKernel();

  private WinogradMatrices() {}

  /** Row i evaluates the i-th power at each point; infinity sees the highest one only. */
  private static double[][] toResult() {
    double[][] a = new double[RESULTS][TILE];
    for (int i = 0; i < RESULTS; i++) {
      for (int j = 0; j < POINTS.length; j++) {
        a[i][j] = Math.pow(POINTS[j], i);
      }
    }
    a[RESULTS - 1][TILE - 1] = 1;
    return a;
  }

  /** The kernel as a polynomial at each point, over the product of the point's distances. */
  private static double[][] fromKernel() {
    double[][] g = new double[TILE][TAPS];
    for (int j = 0; j < POINTS.length; j++) {
      double distances = 1;
      for (double other : POINTS) {
        distances *= other == POINTS[j] ? 1 : POINTS[j] - other;
      }
      for (int k = 0; k < TAPS; k++) {
        g[j][k] = Math.pow(POINTS[j], k) / distances;
      }
    }
    g[TILE - 1][TAPS - 1] = 1;
    return g;
  }

  /** The first tap is the value at 0, the last at infinity; 1/2 and -1/2 differ by the second. */
  private static double[][] backToKernel() {
    double[][] back = new double[TAPS][TILE];
    back[0][0] = 1 / FROM_KERNEL[0][0];
    back[1][1] = 1 / FROM_KERNEL[1][0];
    back[1][2] = -1 / FROM_KERNEL[2][0];
    back[2][TILE - 1] = 1;
    return back;
  }

  /** Row j holds the polynomial that is zero at all points but the j-th, the last at all. */
  private static double[][] fromInput() {
    double[][] b = new double[TILE][];
    for (int j = 0; j < TILE; j++) {
      double[] p = {1};
      for (int i = 0; i < POINTS.length; i++) {
        p = i == j ? p : timesRoot(p, POINTS[i]);
      }
      b[j] = Arrays.copyOf(p, TILE);
    }
    return b;
  }

  /** Multiplies a polynomial by {@code x - root}. */
  private static double[] timesRoot(double[] p, double root) {
    double[] q = new double[p.length + 1];
    for (int i = 0; i < p.length; i++) {
      q[i] -= root * p[i];
      q[i + 1] += p[i];
    }
    return q;
  }

  private static double[][] transposed(double[][] m) {
    double[][] t = new double[m[0].length][m.length];
    for (int i = 0; i < m.length; i++) {
      for (int j = 0; j < m[0].length; j++) {
        t[j][i] = m[i][j];
      }
    }
    return t;
  }

  private static double[][] reversed(double[][] m) {
    double[][] r = new double[m.length][m[0].length];
    for (int i = 0; i < m.length; i++) {
      for (int j = 0; j < m[0].length; j++) {
        r[i][j] = m[i][m[0].length - 1 - j];
      }
    }
    return r;
  }

  /** Returns a matrix as an array outside of scopes. */
  static Array array(double[][] m) {
    Array a = Array.detached(DType.FLOAT, m.length, m[0].length);
    Host.put(Arrays.stream(m).flatMapToDouble(Arrays::stream).toArray(), a);
    return a;
  }
}
