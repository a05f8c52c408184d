package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.testing.GradCheck.check;
import static org.onecycle.testing.GradCheck.leaf;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.onecycle.array.DType;
import org.onecycle.backend.Backends;
import org.onecycle.backend.Conv2dSpec;
import org.onecycle.backend.GradMask;
import org.onecycle.backend.Grads;

class ConvTest {
  /** A convolution: input channels and picture, kernel, output channels. */
  record Case(int in, int h, int w, int kh, int kw, int out, Conv2dSpec spec) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(3, 7, 5, 3, 3, 4, Conv2dSpec.of(1, 1)),
        new Case(3, 7, 5, 1, 1, 2, Conv2dSpec.unit()),
        new Case(3, 8, 7, 1, 1, 2, Conv2dSpec.of(2, 0)),
        new Case(2, 9, 8, 3, 2, 3, new Conv2dSpec(2, 1, 1, 0, 1, 1, 1)),
        new Case(2, 9, 10, 7, 7, 3, Conv2dSpec.of(2, 3)),
        new Case(2, 9, 8, 3, 3, 3, Conv2dSpec.of(1, 2).withDilation(2)),
        new Case(2, 11, 8, 3, 2, 3, new Conv2dSpec(3, 2, 1, 1, 2, 3, 1)),
        new Case(4, 6, 5, 3, 3, 6, Conv2dSpec.of(1, 1).withGroups(2)),
        new Case(6, 7, 5, 3, 3, 3, new Conv2dSpec(2, 1, 0, 1, 1, 2, 3)),
        new Case(4, 7, 5, 3, 3, 4, Conv2dSpec.of(1, 1).withGroups(4)),
        new Case(3, 8, 6, 3, 2, 6, new Conv2dSpec(2, 1, 1, 1, 1, 1, 3)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void convolvesAsTheDefinitionSays(Case c) {
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      Tensor x = values(1, type, 2, c.in, c.h, c.w);
      Tensor w = values(2, type, c.out, c.in / c.spec.groups(), c.kh, c.kw);
      Tensor b = values(3, type, c.out);
      Naive.assertSame(Naive.conv2d(x, w, b, c.spec), F.conv2d(x, w, b, c.spec));
      Naive.assertSame(Naive.conv2d(x, w, null, c.spec), F.conv2d(x, w, null, c.spec));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreFiniteDifferences(Case c) {
    Tensor x = leaf(1, 2, c.in, c.h, c.w);
    Tensor w = leaf(2, c.out, c.in / c.spec.groups(), c.kh, c.kw);
    check(v -> F.conv2d(v[0], v[1], v[2], c.spec), x, w, leaf(3, c.out));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachGradientAloneIsTheSame(Case c) {
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      Tensor x = values(1, type, 2, c.in, c.h, c.w);
      Tensor w = values(2, type, c.out, c.in / c.spec.groups(), c.kh, c.kw);
      Tensor dy = values(4, type, F.conv2d(x, w, null, c.spec).shape());
      Grads all = grads(dy, x, w, c.spec, GradMask.ALL);
      Grads onlyX = grads(dy, x, w, c.spec, new GradMask(true, false, false));
      Grads onlyW = grads(dy, x, w, c.spec, new GradMask(false, true, false));
      Grads onlyB = grads(dy, x, w, c.spec, new GradMask(false, false, true));
      double tolerance = type == DType.FLOAT ? 1e-4 : 1e-10;
      assertArrayEquals(doubles(all.x()), doubles(onlyX.x()), tolerance);
      assertArrayEquals(doubles(all.weight()), doubles(onlyW.weight()), tolerance);
      assertArrayEquals(doubles(all.bias()), doubles(onlyB.bias()), tolerance);
      assertNull(onlyX.weight());
      assertNull(onlyW.x());
      assertNull(onlyB.x());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void floatGradientsAgreeWithDouble(Case c) {
    Tensor x = values(1, DType.FLOAT, 2, c.in, c.h, c.w);
    Tensor w = values(2, DType.FLOAT, c.out, c.in / c.spec.groups(), c.kh, c.kw);
    Tensor dy = values(4, DType.FLOAT, F.conv2d(x, w, null, c.spec).shape());
    Grads f = grads(dy, x, w, c.spec, GradMask.ALL);
    Grads d =
        grads(dy.to(DType.DOUBLE), x.to(DType.DOUBLE), w.to(DType.DOUBLE), c.spec, GradMask.ALL);
    assertArrayEquals(doubles(d.x()), doubles(f.x()), 1e-4);
    assertArrayEquals(doubles(d.weight()), doubles(f.weight()), 1e-4);
    assertArrayEquals(doubles(d.bias()), doubles(f.bias()), 1e-4);
  }

  /** A transposed convolution with its output paddings. */
  record Transposed(
      int in, int h, int w, int kh, int kw, int out, Conv2dSpec spec, int ph, int pw) {}

  static Stream<Transposed> transposed() {
    return Stream.of(
        new Transposed(3, 4, 5, 2, 2, 2, Conv2dSpec.of(2, 0), 0, 0),
        new Transposed(3, 4, 5, 3, 3, 2, Conv2dSpec.of(2, 1), 1, 1),
        new Transposed(2, 4, 3, 3, 2, 3, new Conv2dSpec(3, 2, 1, 0, 1, 2, 1), 2, 1),
        new Transposed(2, 4, 3, 3, 3, 3, Conv2dSpec.of(1, 1).withDilation(2), 0, 1),
        new Transposed(4, 4, 3, 3, 2, 6, Conv2dSpec.of(2, 1).withGroups(2), 1, 0),
        new Transposed(4, 4, 3, 3, 3, 4, Conv2dSpec.of(2, 1).withGroups(4), 1, 1));
  }

  @ParameterizedTest
  @MethodSource("transposed")
  void transposedConvolutionsSpreadAsTheDefinitionSays(Transposed c) {
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      Tensor x = values(1, type, 2, c.in, c.h, c.w);
      Tensor w = values(2, type, c.in, c.out / c.spec.groups(), c.kh, c.kw);
      Tensor b = values(3, type, c.out);
      Naive.assertSame(
          Naive.convTranspose2d(x, w, b, c.spec, c.ph, c.pw),
          F.convTranspose2d(x, w, b, c.spec, c.ph, c.pw));
    }
    check(
        v -> F.convTranspose2d(v[0], v[1], v[2], c.spec, c.ph, c.pw),
        leaf(1, 2, c.in, c.h, c.w),
        leaf(2, c.in, c.out / c.spec.groups(), c.kh, c.kw),
        leaf(3, c.out));
  }

  @Test
  void wrongShapesSayWhatWasExpected() {
    Tensor x = Tensor.ones(2, 3, 8, 8);
    Tensor w = Tensor.ones(4, 5, 3, 3);
    String m = message(() -> F.conv2d(x, w, null, 1, 1));
    assertTrue(m.contains("[N, 5, H, W]") && m.contains("[2, 3, 8, 8]"), m);
    m = message(() -> F.conv2d(x, Tensor.ones(4, 3, 9, 9), null, 1, 0));
    assertTrue(m.contains("0 x 0"), m);
    m = message(() -> F.conv2d(x, Tensor.ones(4, 3, 3, 3), Tensor.ones(3), 1, 0));
    assertTrue(m.contains("[4]") && m.contains("[3]"), m);
    m = message(() -> F.conv2d(Tensor.ones(3, 8, 8), Tensor.ones(4, 3, 3, 3), null, 1, 0));
    assertTrue(m.startsWith("conv2d"), m);
    m = message(() -> Conv2dSpec.of(0, 1));
    assertTrue(m.contains("stride"), m);
    m = message(() -> F.conv2d(x.to(DType.DOUBLE), Tensor.ones(4, 3, 3, 3), null, 1, 0));
    assertTrue(m.contains("DOUBLE and FLOAT"), m);
    m =
        message(
            () -> F.convTranspose2d(x, Tensor.ones(3, 4, 2, 2), null, Conv2dSpec.of(2, 0), 2, 0));
    assertTrue(m.contains("output paddings"), m);
  }

  @Test
  void anEmptyBatchGivesAnEmptyBatch() {
    Tensor x = Tensor.zeros(0, 3, 8, 8);
    Tensor w = Tensor.ones(4, 3, 3, 3).requiresGrad(true);
    Tensor y = F.conv2d(x, w, null, 1, 1);
    assertArrayEquals(new long[] {0, 4, 8, 8}, y.shape());
    y.sum().backward();
    assertEquals(0, w.grad().sum().item());
  }

  private static String message(org.junit.jupiter.api.function.Executable e) {
    return assertThrows(IllegalArgumentException.class, e).getMessage();
  }

  private static Grads grads(Tensor dy, Tensor x, Tensor w, Conv2dSpec s, GradMask mask) {
    return Backends.current().conv().conv2dGrad(dy.value(), x.value(), w.value(), s, mask);
  }

  private static double[] doubles(org.onecycle.array.Array a) {
    return Tensor.of(a).toDoubles();
  }

  static Tensor values(long seed, DType type, long... shape) {
    return Tensor.randn(new Rng(seed), shape).to(type);
  }

  @Test
  void reluOfASumWithAConvolutionHasTheGradientsOfItsParts() {
    Conv2dSpec spec = Conv2dSpec.of(2, 1);
    check(
        v -> F.conv2dRelu(v[0], v[1], v[2], null, spec),
        leaf(1, 2, 3, 5, 4),
        leaf(2, 4, 3, 3, 3),
        leaf(3, 4));
    check(
        v -> F.conv2dRelu(v[0], v[1], v[2], v[3], spec).square(),
        leaf(1, 2, 3, 5, 4),
        leaf(2, 4, 3, 3, 3),
        leaf(3, 4),
        leaf(4, 2, 4, 3, 2));
    check(
        v -> F.conv2dRelu(v[0], v[1], null, v[2], spec),
        leaf(1, 2, 3, 5, 4),
        leaf(2, 4, 3, 3, 3),
        leaf(4, 2, 4, 3, 2));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                F.conv2dRelu(
                    Tensor.ones(1, 3, 5, 4),
                    Tensor.ones(4, 3, 3, 3),
                    Tensor.ones(4),
                    Tensor.ones(1, 4, 3, 1),
                    spec));
    assertEquals("conv2dRelu expects an addend [1, 4, 3, 2], got [1, 4, 3, 1]", e.getMessage());
  }
}
