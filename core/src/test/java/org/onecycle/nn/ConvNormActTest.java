package org.onecycle.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onecycle.array.Scope;
import org.onecycle.optim.Optimizers;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class ConvNormActTest {
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** Convolution, norm and ReLU with statistics and parameters that are not the first ones. */
  private static Sequential chain(int in, int out, Conv2dOptions options) {
    BatchNorm2d norm = new BatchNorm2d(out);
    Sequential s = new Sequential(new Conv2d(in, out, 3, options), norm, new ReLU());
    Rng rng = new Rng(3);
    norm.weight().assign(Tensor.randn(rng, out).add(1));
    norm.bias().assign(Tensor.randn(rng, out));
    for (int i = 0; i < 3; i++) {
      s.call(Tensor.randn(rng, 4, in, 6, 7));
    }
    return s;
  }

  /** The layers called one by one, as no chain sees them. */
  private static float[] oneByOne(Sequential s, Tensor x) {
    Tensor y = x;
    for (Module m : s) {
      y = m.call(y);
    }
    return y.toFloats();
  }

  @ParameterizedTest
  @CsvSource({
    "3, 16, 1, true, 1",
    "16, 32, 2, false, 1",
    "5, 7, 1, true, 1",
    "32, 32, 1, false, 4"
  })
  void evaluationFoldsTheNormWithoutChangingTheResult(
      int in, int out, int stride, boolean bias, int groups) {
    Conv2dOptions options = Conv2dOptions.of(stride, 1).bias(bias).groups(groups);
    Sequential s = chain(in, out, options);
    s.eval();
    Tensor x = Tensor.randn(new Rng(5), 2, in, 9, 8);
    try (NoGrad off = NoGrad.on()) {
      float[] expected = oneByOne(s, x);
      assertArrayEquals(expected, s.call(x).toFloats(), 2e-5f);
      assertArrayEquals(expected, s.call(x).toFloats(), 2e-5f);
      // Another size may want another layout of the weight.
      Tensor larger = Tensor.randn(new Rng(6), 1, in, 40, 33);
      assertArrayEquals(oneByOne(s, larger), s.call(larger).toFloats(), 2e-5f);
    }
  }

  @Test
  void theFoldFollowsEveryChangeOfItsSources() {
    Sequential s = chain(4, 8, Conv2dOptions.of(1, 1));
    Tensor x = Tensor.randn(new Rng(5), 2, 4, 6, 6);
    var opt = Optimizers.sgd().create(List.of(s.parameters()), 0.5);
    for (int i = 0; i < 3; i++) {
      s.eval();
      try (NoGrad off = NoGrad.on()) {
        assertArrayEquals(oneByOne(s, x), s.call(x).toFloats(), 2e-5f, "after " + i + " steps");
      }
      s.train();
      s.call(x).square().mean().backward();
      opt.step();
      opt.zeroGrad();
    }
    s.eval();
    try (NoGrad off = NoGrad.on()) {
      s.call(x);
      Parameter w = ((Conv2d) s.get(0)).weight();
      w.assign(w.tensor().detach().mul(3));
      assertArrayEquals(oneByOne(s, x), s.call(x).toFloats(), 5e-5f, "another weight");
      ((BatchNorm2d) s.get(1)).runningMean().tensor().value().changed();
      assertArrayEquals(oneByOne(s, x), s.call(x).toFloats(), 5e-5f, "a declared change");
    }
  }

  /** A result and the gradients of all parameters and of the input. */
  private static List<float[]> step(Module m, Tensor x) {
    Tensor in = x.detach().copy().requiresGrad(true);
    Tensor y = m.call(in);
    y.mul(Tensor.randn(new Rng(9), y.shape())).sum().backward();
    List<float[]> all = new ArrayList<>(List.of(y.toFloats(), in.grad().toFloats()));
    for (Parameter p : m.parameters()) {
      all.add(p.tensor().grad().toFloats());
      p.tensor().zeroGrad();
    }
    return all;
  }

  private static void sameAsOneByOne(Module m, Tensor x, List<Module> hooked) throws Exception {
    List<float[]> joined = step(m, x);
    List<ForwardHook> none = new ArrayList<>();
    for (Module h : hooked) {
      h.onForward((a, in, out) -> none.add(null));
    }
    List<float[]> single = step(m, x);
    assertEquals(hooked.size(), none.size(), "hooks that saw an output");
    for (int i = 0; i < single.size(); i++) {
      assertArrayEquals(single.get(i), joined.get(i), 2e-4f, "result " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 16, 1, 3", "35, 19, 2, 3", "32, 64, 1, 1"})
  void aConvolutionTakesTheReluAlong(int in, int out, int stride, int kernel) throws Exception {
    ConvLayerOptions o = ConvLayerOptions.norm(NormType.NONE).withStride(stride);
    ConvLayer layer = new ConvLayer(in, out, kernel, o);
    sameAsOneByOne(layer, Tensor.randn(new Rng(5), 2, in, 9, 8), List.of(layer.get(1)));
  }

  @Test
  void aLinearLayerTakesTheReluAlong() throws Exception {
    for (boolean bias : new boolean[] {true, false}) {
      for (int out : new int[] {3, 200}) {
        Linear linear = new Linear(58, out, bias);
        Sequential s = new Sequential(linear, new ReLU(), new BatchNorm1d(out), new Linear(out, 2));
        Tensor x = Tensor.randn(new Rng(5), 64, 58);
        sameAsOneByOne(s, x, List.of(s.get(1)));
        Sequential other = new Sequential(linear, new ReLU());
        sameAsOneByOne(other, x, List.of(linear));
      }
    }
  }

  @Test
  void hooksOfALinearLayerSeeWhatReluHides() {
    Linear linear = new Linear(3, 4);
    ReLU relu = new ReLU();
    Sequential s = new Sequential(linear, relu);
    Tensor x = Tensor.randn(new Rng(5), 6, 3);
    float[] before = linear.call(x).toFloats();
    float[] after = s.call(x).toFloats();
    try (Hook inner = Hook.output(linear);
        Hook outer = Hook.output(relu);
        Hook gradient = Hook.gradient(linear)) {
      s.call(x).sum().backward();
      assertArrayEquals(before, inner.stored().toFloats());
      assertArrayEquals(after, outer.stored().toFloats(), 1e-6f);
      float[] mask = gradient.stored().toFloats();
      boolean hidden = false;
      for (int i = 0; i < mask.length; i++) {
        assertEquals(before[i] > 0 ? 1 : 0, mask[i]);
        hidden |= before[i] < 0;
      }
      assertTrue(hidden, "the layer's output has negative elements");
    }
    assertArrayEquals(after, s.call(x).toFloats());
    Exception e = assertThrows(LayerException.class, () -> s.call(Tensor.ones(2, 5)));
    assertTrue(e.getMessage().contains("[*, 3]") && e.getMessage().endsWith("0"), e.getMessage());
  }

  @Test
  void aResidualBlockWithoutNormEndsInOneOperation() throws Exception {
    for (int expansion : new int[] {1, 4}) {
      ResBlock block = new ResBlock(expansion, 8, 8, ConvLayerOptions.norm(NormType.NONE));
      Tensor x = Tensor.randn(new Rng(5), 2, 8 * expansion, 7, 6);
      sameAsOneByOne(block, x, List.of(block.namedModules().get("act")));
    }
  }

  @Test
  void theEndOfABlockAddsTheWayPastIt() {
    Sequential s = chain(16, 16, Conv2dOptions.of(1, 1).bias(false));
    s.eval();
    Tensor x = Tensor.randn(new Rng(5), 2, 16, 6, 7);
    Tensor past = Tensor.randn(new Rng(6), 2, 16, 6, 7);
    Module act = s.get(2);
    float[] expected = act.call(s.get(1).call(s.get(0).call(x)).add(past)).toFloats();
    try (NoGrad off = NoGrad.on()) {
      Tensor y = ConvNormAct.callSum(x, s.get(0), s.get(1), act, past);
      assertArrayEquals(expected, y.toFloats(), 2e-5f);
      // What only broadcasts to the result's shape is added the usual way.
      Tensor row = Tensor.randn(new Rng(6), 2, 16, 6, 1);
      float[] byHand = act.call(s.get(1).call(s.get(0).call(x)).add(row)).toFloats();
      Tensor z = ConvNormAct.callSum(x, s.get(0), s.get(1), act, row);
      assertArrayEquals(byHand, z.toFloats(), 2e-5f);
    }
    Tensor graph = ConvNormAct.callSum(x, s.get(0), s.get(1), act, past);
    assertArrayEquals(expected, graph.toFloats(), 2e-5f);
    graph.sum().backward();
    assertTrue(((Conv2d) s.get(0)).weight().grad() != null, "with a graph nothing is folded");
  }

  @Test
  void trainingGivesTheGradientsOfTheLayersOneByOne() {
    for (int channels : new int[] {16, 5}) {
      Sequential one = chain(channels, channels, Conv2dOptions.of(1, 1));
      Sequential other = chain(channels, channels, Conv2dOptions.of(1, 1));
      other.loadStateDict(one.stateDict());
      other.get(2).onForward((m, in, out) -> {});
      Tensor x = Tensor.randn(new Rng(5), 3, channels, 5, 6);
      Tensor dy = Tensor.randn(new Rng(7), 3, channels, 5, 6);
      Tensor a = one.call(x);
      Tensor b = other.call(x);
      assertArrayEquals(b.toFloats(), a.toFloats(), 1e-5f);
      a.mul(dy).sum().backward();
      b.mul(dy).sum().backward();
      for (int i = 0; i < one.parameters().size(); i++) {
        assertArrayEquals(
            other.parameters().get(i).grad().toFloats(),
            one.parameters().get(i).grad().toFloats(),
            1e-3f);
      }
      assertEquals(
          ((BatchNorm2d) other.get(1)).runningVar().tensor().toString(),
          ((BatchNorm2d) one.get(1)).runningVar().tensor().toString());
    }
  }

  @Test
  void errorsNameTheLayerAsEver() {
    Sequential s = chain(4, 8, Conv2dOptions.of(1, 0));
    for (boolean train : new boolean[] {true, false}) {
      s.train(train);
      try (NoGrad off = NoGrad.on()) {
        Tensor wrong = Tensor.randn(new Rng(1), 2, 5, 6, 6);
        Tensor small = Tensor.randn(new Rng(1), 2, 4, 2, 2);
        assertTrue(
            assertThrows(LayerException.class, () -> s.call(wrong)).getMessage().endsWith("in 0"));
        assertTrue(
            assertThrows(LayerException.class, () -> s.call(small)).getMessage().endsWith("in 0"));
      }
    }
    s.train();
    Tensor single = Tensor.randn(new Rng(1), 1, 4, 3, 3);
    assertTrue(
        assertThrows(LayerException.class, () -> s.call(single)).getMessage().endsWith("in 1"));
  }
}
