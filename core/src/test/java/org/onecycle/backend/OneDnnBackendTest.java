package org.onecycle.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/** oneDNN's kernels against the portable ones, in FLOAT, within rounding. */
class OneDnnBackendTest {
  private static final Backend PORTABLE = new Nd4jBackend();
  private static Backend fast;

  @BeforeAll
  static void load() {
    assumeTrue(OneDnn.failure() == null, "oneDNN does not load here");
    fast = new OneDnnBackend(PORTABLE);
  }

  private static Array random(long seed, long... shape) {
    return Tensor.randn(new Rng(seed), shape).value();
  }

  /** The same values in C order, with channels last and in blocks of channels. */
  private static Array[] lying(Array x) {
    long c = x.size(1);
    long[] shape = x.shape();
    Array last = OneDnnLayout.of(OneDnnLayout.channelsLast(x.dtype(), shape), shape).convert(x);
    // With groups, one for each channel, oneDNN takes blocks.
    Array blocked =
        fast.conv()
            .conv2d(
                x,
                Tensor.ones(c, 1, 1, 1).value(),
                null,
                Conv2dSpec.unit().withGroups(Math.toIntExact(c)));
    if (x.size(2) * x.size(3) > 1 && OneDnn.likesChannelsLast()) {
      assertNotNull(last.layout(), "expected channels last");
      assertNotNull(blocked.layout(), "expected a blocked result");
      assertNotEquals(last.layout(), blocked.layout());
    }
    return new Array[] {x, last, blocked};
  }

  private static void same(Array expected, Array actual) {
    if (expected == null) {
      assertNull(actual);
      return;
    }
    assertNotNull(actual);
    assertArrayEquals(expected.shape(), actual.shape());
    float[] e = Host.floats(expected);
    float[] a = Host.floats(actual);
    double scale = 1e-6;
    for (float v : e) {
      scale = Math.max(scale, Math.abs(v));
    }
    for (int i = 0; i < e.length; i++) {
      assertEquals(
          e[i], a[i], 2e-5 * scale, "element " + i + " of " + Arrays.toString(expected.shape()));
    }
  }

  private static void same(Grads expected, Grads actual) {
    same(expected.x(), actual.x());
    same(expected.weight(), actual.weight());
    same(expected.bias(), actual.bias());
  }

  private static void convolution(long[] x, long[] w, Conv2dSpec spec) {
    Array in = random(1, x);
    Array weight = random(2, w);
    for (Array b : new Array[] {null, random(3, w[0])}) {
      Array y = PORTABLE.conv().conv2d(in, weight, b, spec);
      same(y, fast.conv().conv2d(in, weight, b, spec));
      Array dy = random(4, y.shape());
      for (int m = 1; m < 8; m++) {
        GradMask mask = new GradMask((m & 1) != 0, (m & 2) != 0, b != null && (m & 4) != 0);
        same(
            PORTABLE.conv().conv2dGrad(dy, in, weight, spec, mask),
            fast.conv().conv2dGrad(dy, in, weight, spec, mask));
      }
    }
  }

  @Test
  void linearLayersEndInAReluInEitherBackend() {
    // In Java, on one thread and on all.
    for (int[] size : new int[][] {{3, 5, 4}, {64, 58, 200}, {130, 210, 120}}) {
      Array x = random(1, size[0], size[1]);
      Array w = random(2, size[2], size[1]);
      for (Array b : new Array[] {random(3, size[2]), null}) {
        Array y = fast.matmul().linearRelu(x, w, b);
        same(PORTABLE.matmul().linearRelu(x, w, b), y);
        float[] relu = Host.floats(fast.matmul().linear(x, w, b));
        for (int i = 0; i < relu.length; i++) {
          relu[i] = Math.max(0, relu[i]);
        }
        assertArrayEquals(relu, Host.floats(y), 1e-5f);
        Array narrow = fast.elementwise().cast(x, DType.BFLOAT16);
        Array apart = fast.elementwise().unary(Unary.RELU, fast.matmul().linear(narrow, w, b));
        Array one = fast.matmul().linearRelu(narrow, w, b);
        assertEquals(DType.BFLOAT16, one.dtype());
        assertArrayEquals(Host.floats(apart), Host.floats(one));
      }
    }
    assertEquals(0, fast.matmul().linearRelu(random(1, 0, 4), random(2, 3, 4), null).numel());
  }

  @Test
  void fewElementsAreNegatedInJavaAndManyByKernels() {
    for (int n : new int[] {0, 1, 64, 1025}) {
      Array x = random(1, n);
      same(PORTABLE.elementwise().unary(Unary.NEG, x), fast.elementwise().unary(Unary.NEG, x));
    }
  }

  @Test
  void convolutions() {
    convolution(new long[] {2, 3, 17, 15}, new long[] {16, 3, 7, 7}, Conv2dSpec.of(2, 3));
    convolution(new long[] {2, 32, 9, 8}, new long[] {16, 32, 3, 3}, Conv2dSpec.of(1, 1));
    convolution(new long[] {2, 32, 9, 8}, new long[] {24, 32, 1, 1}, Conv2dSpec.of(2, 0));
    // Large enough to lie with channels last.
    convolution(new long[] {2, 24, 64, 48}, new long[] {20, 24, 3, 3}, Conv2dSpec.of(2, 1));
    convolution(new long[] {1, 3, 96, 80}, new long[] {24, 3, 7, 7}, Conv2dSpec.of(2, 3));
    convolution(
        new long[] {1, 5, 9, 11}, new long[] {7, 5, 3, 2}, new Conv2dSpec(1, 2, 2, 1, 2, 1, 1));
    convolution(
        new long[] {2, 16, 8, 8}, new long[] {16, 1, 3, 3}, Conv2dSpec.of(1, 1).withGroups(16));
    convolution(
        new long[] {2, 8, 8, 7}, new long[] {12, 2, 3, 3}, Conv2dSpec.of(2, 1).withGroups(4));
  }

  /** Large enough for Winograd's algorithm: with and without edges, whole and broken tiles. */
  @Test
  void convolutionsOfLargePictures() {
    convolution(new long[] {2, 32, 64, 48}, new long[] {40, 32, 3, 3}, Conv2dSpec.of(1, 1));
    convolution(new long[] {3, 40, 33, 35}, new long[] {32, 40, 3, 3}, Conv2dSpec.of(1, 1));
    convolution(new long[] {1, 64, 47, 48}, new long[] {33, 64, 3, 3}, Conv2dSpec.of(1, 0));
    convolution(new long[] {1, 48, 66, 48}, new long[] {32, 48, 3, 3}, Conv2dSpec.of(1, 2));
    // Many pictures: few tiles in a step, the last with a single row.
    convolution(new long[] {24, 32, 13, 60}, new long[] {33, 32, 3, 3}, Conv2dSpec.of(1, 0));
    convolution(new long[] {30, 32, 9, 50}, new long[] {40, 32, 3, 3}, Conv2dSpec.of(1, 1));
    convolution(
        new long[] {20, 64, 7, 16}, new long[] {64, 64, 3, 1}, new Conv2dSpec(1, 1, 1, 0, 1, 1, 1));
    // Channels enough for the gradient by the kernel, too; of the second its tiles take two steps.
    summedByPlanes(new long[] {2, 72, 33, 35}, new long[] {64, 72, 3, 3});
    summedByPlanes(new long[] {24, 64, 13, 60}, new long[] {67, 64, 3, 3});
  }

  private void summedByPlanes(long[] x, long[] w) {
    Conv2dSpec spec = Conv2dSpec.of(1, 1);
    if (OneDnn.likesChannelsLast()) {
      WinogradSizes sizes = ConvGeometry.of(DType.FLOAT, x, w, spec).winograd();
      assertTrue(sizes.sumsByPlanes(), "expected the gradient by the kernel to take planes");
    }
    convolution(x, w, spec);
  }

  @Test
  void packedKernelsServeLargeAndSmallPictures() {
    Conv2dSpec spec = Conv2dSpec.of(1, 1);
    Array large = random(1, 2, 40, 42, 40);
    Array small = random(2, 1, 40, 9, 8);
    Array w = random(3, 32, 40, 3, 3);
    Array bias = random(4, 32);
    for (Array first : new Array[] {large, small}) {
      Array packed = fast.conv().forSum(w, spec, first);
      assertNotNull(packed.layout(), "expected a packed kernel");
      assertEquals(
          first == large && OneDnn.likesChannelsLast(),
          packed.layout() instanceof WinogradKernels,
          "large pictures take Winograd's algorithm, small ones do not");
      for (Array x : new Array[] {large, small, large}) {
        Array addend = random(5, x.size(0), 32, x.size(2), x.size(3));
        for (boolean relu : new boolean[] {false, true}) {
          same(
              PORTABLE.conv().conv2dSum(x, w, bias, spec, addend, relu),
              fast.conv().conv2dSum(x, packed, bias, spec, addend, relu));
          same(
              PORTABLE.conv().conv2dSum(x, w, bias, spec, null, relu),
              fast.conv().conv2dSum(x, packed, bias, spec, null, relu));
        }
      }
      same(w, packed.plain());
    }
  }

  /** Rounding grows less than twice beyond that of adding up one product after the other. */
  @Test
  void winogradRoundsAsAPlainSumDoes() {
    int channels = 128;
    Conv2dSpec spec = Conv2dSpec.of(1, 1);
    Array x = Tensor.randn(new Rng(1), 2, channels, 28, 28).relu().value();
    Array w = random(2, channels, channels, 3, 3);
    Array packed = fast.conv().forSum(w, spec, x);
    assumeTrue(
        packed.layout() instanceof WinogradKernels, "Winograd's algorithm is not taken here");
    double[] truth = Host.doubles(PORTABLE.conv().conv2d(wide(x), wide(w), null, spec));
    double[] y = Host.doubles(wide(fast.conv().conv2d(x, w, null, spec)));
    double error = 0;
    double size = 0;
    for (int i = 0; i < truth.length; i++) {
      error += (y[i] - truth[i]) * (y[i] - truth[i]);
      size += truth[i] * truth[i];
    }
    // A sum of n products in FLOAT is off by some 1.2e-8 sqrt(n) of its size.
    double plain = 1.2e-8 * Math.sqrt(9 * channels);
    assertTrue(Math.sqrt(error / size) < 2 * plain, () -> "rounds too coarsely");
  }

  private static Array wide(Array a) {
    return PORTABLE.elementwise().cast(a, DType.DOUBLE);
  }

  @Test
  void batchNorms() {
    for (long[] shape : new long[][] {{4, 16, 5, 6}, {3, 5, 4, 4}, {8, 7}, {4, 6, 9}}) {
      Array x = random(1, shape);
      Array dy = random(2, shape);
      Array weight = random(3, shape[1]);
      Array bias = random(4, shape[1]);
      Array variance = Tensor.of(random(5, shape[1])).square().add(0.5).value();
      for (Array w : new Array[] {weight, null}) {
        Array b = w == null ? null : bias;
        NormKernels.Normalized p = PORTABLE.norm().batchNorm(x, w, b, 1e-5);
        NormKernels.Normalized f = fast.norm().batchNorm(x, w, b, 1e-5);
        same(p.y(), f.y());
        same(p.stats().mean(), f.stats().mean());
        same(p.stats().variance(), f.stats().variance());
        GradMask mask = new GradMask(true, w != null, w != null);
        same(
            PORTABLE.norm().batchNormGrad(dy, x, w, p.stats(), 1e-5, mask),
            fast.norm().batchNormGrad(dy, x, w, f.stats(), 1e-5, mask));
        same(
            PORTABLE.norm().batchNormFixed(x, w, b, bias, variance, 1e-5),
            fast.norm().batchNormFixed(x, w, b, bias, variance, 1e-5));
        same(
            PORTABLE.norm().batchNormFixedGrad(dy, x, w, bias, variance, 1e-5, mask),
            fast.norm().batchNormFixedGrad(dy, x, w, bias, variance, 1e-5, mask));
      }
    }
  }

  @Test
  void pools() {
    Array plain = random(1, 2, 16, 8, 12);
    for (Array x : lying(plain)) {
      for (Pool2dSpec spec :
          new Pool2dSpec[] {
            Pool2dSpec.of(3, 2, 1),
            Pool2dSpec.of(2, 2, 0),
            Pool2dSpec.of(3, 2, 1).withCountIncludePad(false),
            Pool2dSpec.of(3, 2, 1).withCeilMode(true),
            Pool2dSpec.of(2, 1, 0).withDilation(2)
          }) {
        PoolKernels.Pooled p = PORTABLE.pool().maxPool2d(plain, spec, true);
        PoolKernels.Pooled f = fast.pool().maxPool2d(x, spec, true);
        same(p.y(), f.y());
        Array dy = random(4, p.y().shape());
        same(
            PORTABLE.pool().maxPool2dGrad(dy, plain, p.workspace(), spec),
            fast.pool().maxPool2dGrad(dy, x, f.workspace(), spec));
        if (spec.dilationH() == 1) {
          same(PORTABLE.pool().avgPool2d(plain, spec), fast.pool().avgPool2d(x, spec));
          same(
              PORTABLE.pool().avgPool2dGrad(dy, plain.shape(), spec),
              fast.pool().avgPool2dGrad(dy, x.shape(), spec));
        }
      }
      for (long[] out : new long[][] {{1, 1}, {4, 3}, {3, 5}}) {
        same(
            PORTABLE.pool().adaptiveAvgPool2d(plain, out[0], out[1]),
            fast.pool().adaptiveAvgPool2d(x, out[0], out[1]));
        Array dy = random(5, 2, 16, out[0], out[1]);
        for (Array d : lying(dy)) {
          same(
              PORTABLE.pool().adaptiveAvgPool2dGrad(dy, plain.shape()),
              fast.pool().adaptiveAvgPool2dGrad(d, x.shape()));
        }
        PoolKernels.Pooled p = PORTABLE.pool().adaptiveMaxPool2d(plain, out[0], out[1], true);
        PoolKernels.Pooled f = fast.pool().adaptiveMaxPool2d(x, out[0], out[1], true);
        same(p.y(), f.y());
        same(
            PORTABLE.pool().adaptiveMaxPool2dGrad(dy, plain.shape(), p.workspace()),
            fast.pool().adaptiveMaxPool2dGrad(dy, x.shape(), f.workspace()));
      }
    }
  }

  @Test
  void theFirstMaximumOfEqualOnesGetsTheGradient() {
    Array x = Tensor.ones(1, 16, 4, 4).value();
    Array dy = random(1, 1, 16, 2, 2);
    Pool2dSpec spec = Pool2dSpec.of(2, 2, 0);
    PoolKernels.Pooled p = PORTABLE.pool().maxPool2d(x, spec, true);
    PoolKernels.Pooled f = fast.pool().maxPool2d(x, spec, true);
    same(
        PORTABLE.pool().maxPool2dGrad(dy, x, p.workspace(), spec),
        fast.pool().maxPool2dGrad(dy, x, f.workspace(), spec));
  }

  @Test
  void elementwise() {
    Array a = random(1, 2, 16, 5, 4);
    Array b = random(2, 2, 16, 5, 4);
    for (Unary op : new Unary[] {Unary.RELU, Unary.TANH, Unary.SIGMOID, Unary.SQUARE, Unary.NEG}) {
      for (Array x : lying(a)) {
        same(PORTABLE.elementwise().unary(op, a), fast.elementwise().unary(op, x));
      }
    }
    for (Array x : lying(a)) {
      for (Array y : lying(b)) {
        for (Binary op : new Binary[] {Binary.ADD, Binary.SUB, Binary.MUL, Binary.DIV}) {
          same(PORTABLE.elementwise().binary(op, a, b), fast.elementwise().binary(op, x, y));
        }
        same(PORTABLE.elementwise().reluGrad(a, b), fast.elementwise().reluGrad(x, y));
        Array target = Tensor.of(a).copy().value();
        fast.elementwise().addInPlace(target, y, 1);
        same(PORTABLE.elementwise().binary(Binary.ADD, a, b), target);
      }
    }
  }

  @Test
  void products() {
    for (boolean ta : new boolean[] {false, true}) {
      for (boolean tb : new boolean[] {false, true}) {
        product(new long[] {}, new long[] {}, ta, tb);
        product(new long[] {3}, new long[] {}, ta, tb);
        product(new long[] {}, new long[] {3}, ta, tb);
        product(new long[] {2, 3}, new long[] {2, 3}, ta, tb);
        product(new long[] {2, 1}, new long[] {2, 3}, ta, tb);
      }
    }
    // Smaller ones are not oneDNN's.
    Array x = random(1, 16, 15);
    Array w = random(2, 14, 15);
    same(PORTABLE.matmul().linear(x, w, null), fast.matmul().linear(x, w, null));
    Array b = random(3, 14);
    same(PORTABLE.matmul().linear(x, w, b), fast.matmul().linear(x, w, b));
  }

  private static void product(long[] batchA, long[] batchB, boolean ta, boolean tb) {
    Array a = random(1, join(batchA, ta ? new long[] {15, 14} : new long[] {14, 15}));
    Array b = random(2, join(batchB, tb ? new long[] {16, 15} : new long[] {15, 16}));
    same(PORTABLE.matmul().matmul(a, b, ta, tb), fast.matmul().matmul(a, b, ta, tb));
  }

  private static long[] join(long[] a, long[] b) {
    long[] out = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, out, a.length, b.length);
    return out;
  }

  @Test
  void pixelsFromChannelsAndBack() {
    for (int r : new int[] {2, 3}) {
      Array few = random(1, 2, 5L * r * r, 3, 4);
      Array many = random(2, 2, 16L * r * r, 3, 4);
      for (Array plain : new Array[] {few, many}) {
        Array wide = PORTABLE.shape().pixelShuffle(plain, r);
        assertArrayEquals(
            Host.floats(plain), Host.floats(PORTABLE.shape().pixelUnshuffle(wide, r)));
        for (Array x : lying(plain)) {
          same(wide, fast.shape().pixelShuffle(x, r));
        }
        for (Array y : lying(wide)) {
          same(plain, fast.shape().pixelUnshuffle(y, r));
        }
      }
    }
  }

  @Test
  void turningChannelsToTheEndAndBack() {
    Array plain = random(1, 2, 19, 3, 4);
    Array turned = PORTABLE.shape().permute(plain, new int[] {0, 2, 3, 1});
    for (Array x : lying(plain)) {
      same(turned, fast.shape().permute(x, new int[] {0, 2, 3, 1}));
      same(
          PORTABLE.shape().permute(plain, new int[] {3, 1, 0, 2}),
          fast.shape().permute(x, new int[] {3, 1, 0, 2}));
    }
    same(plain, fast.shape().permute(turned, new int[] {0, 3, 1, 2}));
  }
}
