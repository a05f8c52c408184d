package org.onecycle.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;

/** Loops in Java that stand in for native operations. */
class HostLoopsTest {
  private static Array random(DType dtype, int seed, long... shape) {
    Array a = Array.empty(dtype, shape);
    Random r = new Random(seed);
    double[] v = new double[(int) a.numel()];
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) r.nextGaussian();
    }
    Host.put(v, a);
    return a;
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, 0.3", "DOUBLE, 0.3", "FLOAT, 1e-9", "FLOAT, 1"})
  @DisplayName("each half of a seed's longs decides on an element")
  void dropsByTheGenerator(DType dtype, double p) {
    long[] seeds = {3, 5};
    int n = ElementwiseKernels.PIECE + 4099;
    try (Scope s = Scope.open()) {
      Array x = random(dtype, 1, n);
      double[] before = Host.doubles(x);
      double[] got = Host.doubles(HostDropout.run(x, p, seeds));
      long threshold = Math.round(p * (1L << 32));
      float kept = (float) (1 / (1 - p));
      SplittableRandom source = null;
      long bits = 0;
      for (int i = 0; i < n; i++) {
        if (i % ElementwiseKernels.PIECE == 0) {
          source = new SplittableRandom(seeds[i / ElementwiseKernels.PIECE]);
        }
        bits = i % 2 == 0 ? source.nextLong() : bits >>> 32;
        double expected = (bits & 0xFFFFFFFFL) < threshold ? 0 : before[i] * kept;
        assertEquals(dtype == DType.FLOAT ? (float) expected : expected, got[i], 0, "at " + i);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"7, 3", "300, 2500", "5, 1", "1, 1024", "4000, 6"})
  @DisplayName("sums over the first axis are the double ones, rounded once")
  void sums(int rows, int columns) {
    try (Scope s = Scope.open()) {
      Array x = random(DType.FLOAT, 2, rows, columns);
      float[] v = Host.floats(x);
      float[] expected = new float[columns];
      for (int k = 0; k < columns; k++) {
        double sum = 0;
        for (int r = 0; r < rows; r++) {
          sum += v[r * columns + k];
        }
        expected[k] = (float) sum;
      }
      ReduceKernels kernels = new HostReduce(new Nd4jReduce());
      Array sum = kernels.reduce(Reduction.SUM, x, new int[] {0}, true);
      assertTrue(sum.hasShape(1, columns));
      float[] means = Host.floats(kernels.reduce(Reduction.MEAN, x, new int[] {0}, true));
      for (int k = 0; k < columns; k++) {
        assertEquals(expected[k] / rows, means[k], 1e-6f);
      }
      assertArrayEquals(expected, Host.floats(sum), 1e-5f);
      Array all = kernels.reduce(Reduction.SUM, x, new int[] {0, 1}, false);
      double total = 0;
      for (float f : v) {
        total += f;
      }
      assertEquals(total, Host.doubles(all)[0], 1e-6 * Math.max(1, Math.abs(total)));
    }
  }

  @Test
  @DisplayName("sums with infinite numbers are infinite, those of both signs no number")
  void sumsOfInfinity() {
    float inf = Float.POSITIVE_INFINITY;
    float most = Float.MAX_VALUE;
    try (Scope s = Scope.open()) {
      Array x = Array.empty(DType.FLOAT, 3, 5);
      Host.put(new float[] {1, inf, -inf, inf, most, inf, 2, 3, -inf, most, 3, 4, 5, 6, most}, x);
      Array sum = new HostReduce(new Nd4jReduce()).reduce(Reduction.SUM, x, new int[] {0}, false);
      assertArrayEquals(new float[] {inf, inf, -inf, Float.NaN, inf}, Host.floats(sum));
    }
  }

  @Test
  @DisplayName("rows and elements named twice are added twice, in FLOAT as in DOUBLE")
  void scatters() {
    try (Scope s = Scope.open()) {
      Array indices = Array.empty(DType.INT64, 2, 3);
      Host.put(new long[] {4, 0, 4, 1, 4, 2}, indices);
      GatherKernels kernels = new Nd4jGather();
      long[] shape = {2, 5, 7};
      Array rows = random(DType.FLOAT, 3, 2, 2, 3, 7);
      Array exact = Backends.current().elementwise().cast(rows, DType.DOUBLE);
      assertArrayEquals(
          Host.doubles(kernels.takeGrad(exact, shape, 1, indices)),
          Host.doubles(kernels.takeGrad(rows, shape, 1, indices)),
          1e-6);
      Array picked = random(DType.FLOAT, 4, 2, 3);
      Array exactly = Backends.current().elementwise().cast(picked, DType.DOUBLE);
      assertArrayEquals(
          Host.doubles(kernels.gatherGrad(exactly, new long[] {2, 6}, 1, indices)),
          Host.doubles(kernels.gatherGrad(picked, new long[] {2, 6}, 1, indices)),
          1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "3, 1"})
  @DisplayName("a pair's second array repeated along one of three axes")
  void repeats(int first, int second) {
    try (Scope s = Scope.open()) {
      Array a = random(DType.FLOAT, 5, 3, 4, 40);
      Array b = random(DType.FLOAT, 6, first, second, 40);
      assertTrue(OneDnnRepeat.fits(a, b));
      for (Binary op : new Binary[] {Binary.ADD, Binary.SUB, Binary.MUL, Binary.DIV}) {
        assertArrayEquals(
            Host.floats(new Nd4jElementwise().binary(op, a, b)),
            Host.floats(Backends.current().elementwise().binary(op, a, b)),
            1e-5f);
      }
    }
  }
}
