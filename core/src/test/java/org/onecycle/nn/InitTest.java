package org.onecycle.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class InitTest {
  private static double std(Tensor t) {
    double[] v = t.toDoubles();
    double mean = Arrays.stream(v).average().orElseThrow();
    return Math.sqrt(Arrays.stream(v).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
  }

  private static double largest(Tensor t) {
    return Arrays.stream(t.toDoubles()).map(Math::abs).max().orElseThrow();
  }

  private static void near(double expected, double actual) {
    assertEquals(expected, actual, 0.02 * expected);
  }

  @Test
  void deviationsAndBounds() {
    long[] conv = {64, 32, 3, 3};
    Rng rng = new Rng(1);
    near(Math.sqrt(2.0 / (32 * 9)), std(Init.kaimingNormal().draw(rng, conv)));
    near(Math.sqrt(2.0 / (64 * 9)), std(Init.kaimingNormal(Init.Fan.OUT, 0).draw(rng, conv)));
    near(Math.sqrt(6.0 / (32 * 9)), largest(Init.kaimingUniform(Init.Fan.IN, 0).draw(rng, conv)));
    near(Math.sqrt(2.0 / (96 * 9)), std(Init.xavierNormal(1).draw(rng, conv)));
    near(Math.sqrt(6.0 / (96 * 9)), largest(Init.xavierUniform(1).draw(rng, conv)));
    near(1 / Math.sqrt(32 * 9), largest(Init.standard().draw(rng, conv)));
    near(0.5, std(Init.normal(3, 0.5).draw(rng, 200, 100)));
    assertThrows(IllegalArgumentException.class, () -> Init.kaimingNormal().draw(rng, 5));
  }

  @Test
  void layersStartAsPyTorchs() {
    Linear l = new Linear(100, 300);
    near(0.1, largest(l.weight().tensor()));
    near(0.1, largest(l.bias().tensor()));
    near(0.1 / Math.sqrt(3), std(l.weight().tensor()));
    Conv2d c = new Conv2d(16, 64, 3, Conv2dOptions.DEFAULT.groups(4));
    near(1 / Math.sqrt(4 * 9), largest(c.weight().tensor()));
    near(1, std(new Embedding(100, 100).weight().tensor()));
  }

  @Test
  @DisplayName("LAY-07 truncated normal: nothing beyond two deviations")
  void truncNormal() {
    Embedding e = new Embedding(10, 300, Init.truncNormal(0, 0.02));
    assertTrue(largest(e.weight().tensor()) < 0.04);
    assertEquals(0, e.weight().tensor().mean().item(), 1e-2);
  }

  @Test
  void aGeneratorGivesOneModel() {
    float[] a = Init.with(new Rng(4), () -> new Linear(3, 5)).weight().tensor().toFloats();
    Rng outer = Init.rng();
    float[] b = Init.with(new Rng(4), () -> new Linear(3, 5)).weight().tensor().toFloats();
    assertArrayEquals(a, b);
    assertEquals(outer, Init.rng());
    Init.seed(9);
    float[] c = new Linear(3, 5).weight().tensor().toFloats();
    Init.seed(9);
    assertArrayEquals(c, new Linear(3, 5).weight().tensor().toFloats());
    assertTrue(!Arrays.equals(a, c));
  }

  @Test
  void applyInitLeavesNormLayersAndFrozenOnes() {
    Linear frozen = new Linear(50, 60);
    frozen.parameters().forEach(p -> p.requiresGrad(false));
    float[] before = frozen.weight().tensor().toFloats();
    Linear lin = new Linear(200, 300);
    BatchNorm1d bn = new BatchNorm1d(300, BatchNormOptions.FASTAI);
    Init.applyInit(new Sequential(new Sequential(lin, bn), frozen), new Rng(1));
    near(Math.sqrt(2.0 / 200), std(lin.weight().tensor()));
    assertEquals(0, largest(lin.bias().tensor()));
    assertEquals(1e-3, bn.bias().tensor().toDoubles()[0], 1e-9);
    assertEquals(1, bn.weight().tensor().toDoubles()[0]);
    assertArrayEquals(before, frozen.weight().tensor().toFloats());
  }

  @Test
  void gains() {
    assertEquals(Math.sqrt(2), Init.gain("relu"), 1e-12);
    assertEquals(5.0 / 3, Init.gain("tanh"), 1e-12);
    assertEquals(1, Init.gain("linear"), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> Init.gain("mish"));
  }
}
