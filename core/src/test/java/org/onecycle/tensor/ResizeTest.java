package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.testing.GradCheck.check;
import static org.onecycle.testing.GradCheck.leaf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onecycle.array.DType;

class ResizeTest {

  @ParameterizedTest
  @CsvSource({"10, 8", "5, 4", "3, 9", "1, 1", "13, 3", "2, 17"})
  void resizesAsTheDefinitionSays(int outH, int outW) {
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      Tensor x = ConvTest.values(1, type, 2, 3, 5, 4);
      Naive.assertSame(nearest(x, outH, outW), F.interpolateNearest(x, outH, outW));
      for (boolean align : new boolean[] {false, true}) {
        Naive.assertSame(
            bilinear(x, outH, outW, align), F.interpolateBilinear(x, outH, outW, align));
      }
    }
    check(v -> F.interpolateNearest(v[0], outH, outW), leaf(1, 1, 2, 5, 4));
    check(v -> F.interpolateBilinear(v[0], outH, outW, false), leaf(1, 1, 2, 5, 4));
    check(v -> F.interpolateBilinear(v[0], outH, outW, true), leaf(1, 1, 2, 5, 4));
  }

  private static Naive.Result nearest(Tensor x, int outH, int outW) {
    long[] s = x.shape();
    double[] v = x.toDoubles();
    double[] y = new double[(int) (s[0] * s[1] * outH * outW)];
    for (int o = 0; o < y.length; o++) {
      int plane = o / (outH * outW);
      int r = (int) Math.floor((double) (o / outW % outH * s[2]) / outH);
      int c = (int) Math.floor((double) (o % outW * s[3]) / outW);
      y[o] = v[(int) ((plane * s[2] + r) * s[3] + c)];
    }
    return new Naive.Result(y, s[0], s[1], outH, outW);
  }

  /** Sums all source cells, each weighted by a triangle of width one around the source point. */
  private static Naive.Result bilinear(Tensor x, int outH, int outW, boolean align) {
    long[] s = x.shape();
    double[] v = x.toDoubles();
    double[] y = new double[(int) (s[0] * s[1] * outH * outW)];
    for (int o = 0; o < y.length; o++) {
      int plane = o / (outH * outW);
      double r = point(o / outW % outH, (int) s[2], outH, align);
      double c = point(o % outW, (int) s[3], outW, align);
      for (int i = 0; i < s[2]; i++) {
        for (int j = 0; j < s[3]; j++) {
          double weight = Math.max(0, 1 - Math.abs(r - i)) * Math.max(0, 1 - Math.abs(c - j));
          y[o] += weight * v[(int) ((plane * s[2] + i) * s[3] + j)];
        }
      }
    }
    return new Naive.Result(y, s[0], s[1], outH, outW);
  }

  private static double point(int i, int in, int out, boolean align) {
    if (align) {
      return out == 1 ? 0 : (double) i * (in - 1) / (out - 1);
    }
    return Math.min(in - 1, Math.max(0, (i + 0.5) * in / out - 0.5));
  }

  @Test
  void knownValues() {
    // By hand: half-pixel points are -1/4 (cut to 0), 1/4, 3/4 and 5/4 (cut to 1).
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
    float[] half = F.interpolateBilinear(x, 4, 4, false).toFloats();
    assertArrayEquals(
        new float[] {
          1, 1.25f, 1.75f, 2, 1.5f, 1.75f, 2.25f, 2.5f, 2.5f, 2.75f, 3.25f, 3.5f, 3, 3.25f, 3.75f, 4
        },
        half);
    float[] corners = F.interpolateBilinear(x, 3, 3, true).toFloats();
    assertArrayEquals(new float[] {1, 1.5f, 2, 2, 2.5f, 3, 3, 3.5f, 4}, corners);
  }

  @Test
  void infinityStaysWhereItIs() {
    Tensor x = Tensor.of(new float[] {1, Float.POSITIVE_INFINITY}, 1, 1, 1, 2);
    assertEquals(1, F.interpolateBilinear(x, 1, 4, false).toFloats()[0]);
    assertEquals(1, F.interpolateNearest(x, 1, 4).toFloats()[1]);
  }

  @Test
  void wrongSizesAreErrors() {
    assertTrue(
        message(() -> F.interpolateNearest(Tensor.ones(3, 4, 4), 2, 2)).contains("[3, 4, 4]"));
    assertTrue(
        message(() -> F.interpolateBilinear(Tensor.ones(1, 1, 4, 4), 0, 2, true))
            .contains("0 x 2"));
  }

  private static String message(org.junit.jupiter.api.function.Executable e) {
    return assertThrows(IllegalArgumentException.class, e).getMessage();
  }
}
