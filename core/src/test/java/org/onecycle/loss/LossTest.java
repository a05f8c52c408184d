package org.onecycle.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.testing.GradCheck.check;
import static org.onecycle.testing.GradCheck.leaf;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.DType;
import org.onecycle.loss.Loss.Reduction;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class LossTest {
  private static final double[] ACTS = {
    .6734, .2576, .4689, .4607, -2.2457, -.3727, 4.4164, -1.2760, .9233, .5347, 1.0698, 1.6187
  };

  private static Tensor acts() {
    return Tensor.of(ACTS, 6, 2);
  }

  private static Tensor targ() {
    return Tensor.of(new int[] {0, 1, 0, 1, 1, 0}, 6);
  }

  @Test
  @DisplayName("LOS-01 softmax, and the sigmoid of the difference")
  void softmax() {
    Tensor p = new CrossEntropyLossFlat().activation(acts()).select(1, 0);
    double[] expected = {.6025, .5021, .1332, .9966, .5959, .3661};
    assertArrayEquals(expected, p.toDoubles(), 1e-4);
    Tensor same = acts().select(1, 0).sub(acts().select(1, 1)).sigmoid();
    assertArrayEquals(p.toDoubles(), same.toDoubles(), 1e-12);
  }

  @Test
  @DisplayName("LOS-02 cross entropy")
  void crossEntropy() {
    Loss loss = new CrossEntropyLossFlat();
    assertEquals(1.8045, loss.forward(acts(), targ()).item(), 1e-4);
    double[] each = {.5067, .6973, 2.0160, 5.6958, .9062, 1.0048};
    assertArrayEquals(each, loss.forward(acts(), targ(), Reduction.NONE).toDoubles(), 1e-4);
    assertEquals(6 * 1.8044447, loss.forward(acts(), targ(), Reduction.SUM).item(), 1e-5);
  }

  @Test
  @DisplayName("LOS-03 label smoothing")
  void labelSmoothing() {
    Loss loss = new LabelSmoothingCrossEntropyFlat();
    assertEquals(1.73698383, loss.forward(acts(), targ()).item(), 1e-7);
    double[] each = {.527494, .696846, 1.922291, 5.411146, .886776, .97735};
    assertArrayEquals(each, loss.forward(acts(), targ(), Reduction.NONE).toDoubles(), 1e-6);
    assertEquals(10.421903, loss.forward(acts(), targ(), Reduction.SUM).item(), 1e-6);
    assertEquals(
        1.669523, new LabelSmoothingCrossEntropyFlat(0.2, -1).forward(acts(), targ()).item(), 1e-6);
  }

  @Test
  @DisplayName("LOS-07 label smoothing with classes on another axis")
  void labelSmoothingAlongAnotherAxis() {
    Tensor x = Tensor.randn(new Rng(5), 4, 6, 5);
    long[] ids = new long[4 * 6];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i % 5;
    }
    double flat =
        new LabelSmoothingCrossEntropyFlat().forward(x.reshape(24, 5), Tensor.of(ids, 24)).item();
    Tensor transposed = x.transpose(1, 2);
    double other =
        new LabelSmoothingCrossEntropyFlat(0.1, 1).forward(transposed, Tensor.of(ids, 4, 6)).item();
    assertEquals(flat, other, 1e-6);
  }

  @Test
  @DisplayName("LOS-06 cross entropy of more axes, decoding, classes on another axis")
  void flat() {
    Loss loss = new CrossEntropyLossFlat();
    Tensor x = Tensor.randn(new Rng(1), 32, 5, 10);
    long[] ids = new long[32 * 5];
    Rng rng = new Rng(2);
    for (int i = 0; i < ids.length; i++) {
      ids[i] = rng.nextInt(10);
    }
    Tensor y = Tensor.of(ids, 32, 5);
    double flat = loss.forward(x.reshape(160, 10), Tensor.of(ids, 160)).item();
    assertEquals(flat, loss.forward(x, y).item(), 1e-6);
    assertArrayEquals(x.argmax(-1).toLongs(), loss.decodes(x).toLongs());
    assertArrayEquals(new long[] {32, 5}, loss.decodes(x).shape());
    Tensor sums = loss.activation(x).sum(2);
    assertEquals(1, sums.min().item(), 1e-5);
    assertEquals(1, sums.max().item(), 1e-5);

    Loss pixels = new CrossEntropyLossFlat(1);
    Tensor image = x.reshape(8, 4, 5, 10).permute(0, 3, 1, 2);
    assertEquals(flat, pixels.forward(image, y.reshape(8, 4, 5)).item(), 1e-6);
    assertArrayEquals(new long[] {8, 4, 5}, pixels.decodes(image).shape());
  }

  @Test
  void classWeightsWeighTheMean() {
    double[] w = {1, 3};
    Loss loss = new CrossEntropyLossFlat(-1, w);
    double[] each = new CrossEntropyLossFlat().forward(acts(), targ(), Reduction.NONE).toDoubles();
    double expected = each[0] + 3 * each[1] + each[2] + 3 * each[3] + 3 * each[4] + each[5];
    assertEquals(expected, loss.forward(acts(), targ(), Reduction.SUM).item(), 1e-9);
    assertEquals(expected / 12, loss.forward(acts(), targ()).item(), 1e-9);
  }

  @Test
  @DisplayName("LOS-12 binary cross entropy with logits")
  void bceWithLogits() {
    Loss loss = new BCEWithLogitsLossFlat();
    Tensor x = Tensor.of(new double[] {-2, -.5, 0, .5, 2}, 5);
    Tensor y = Tensor.of(new int[] {0, 1, 1, 0, 1}, 5);
    double[] each = {.126928011, .974076984, .693147181, .974076984, .126928011};
    assertArrayEquals(each, loss.forward(x, y, Reduction.NONE).toDoubles(), 1e-9);
    assertEquals(.579031434, loss.forward(x, y).item(), 1e-9);
    assertArrayEquals(
        each, new BCELossFlat().forward(x.sigmoid(), y, Reduction.NONE).toDoubles(), 1e-9);
  }

  @Test
  @DisplayName("LOS-13 the difference from the target, item by item and as a mean")
  void mnistLoss() {
    Loss loss = new L1LossFlat();
    Tensor y = Tensor.of(new int[] {1, 0, 1}, 3);
    Tensor p = Tensor.of(new double[] {.9, .4, .2}, 3);
    assertArrayEquals(
        new double[] {.1, .4, .8}, loss.forward(p, y, Reduction.NONE).toDoubles(), 1e-12);
    assertEquals(1.3 / 3, loss.forward(p, y).item(), 1e-12);
    p = Tensor.of(new double[] {.9, .4, .8}, 3, 1);
    assertEquals(.7 / 3, loss.forward(p, y).item(), 1e-12);
  }

  @Test
  @DisplayName("LOS-14 whole numbers as targets, decoding of the activated value")
  void intTargets() {
    Loss loss = new BCEWithLogitsLossFlat();
    Tensor x = Tensor.randn(new Rng(3), 8, 1);
    Tensor y = Tensor.of(new int[] {0, 1, 1, 0, 1, 0, 0, 1}, 8);
    assertEquals(loss.forward(x, y.to(DType.FLOAT)).item(), loss.forward(x, y).item());
    Tensor half = Tensor.of(new double[] {0.4, 0.6, -0.1}, 3);
    assertArrayEquals(new long[] {1, 1, 0}, loss.decodes(loss.activation(half)).toLongs());
    assertArrayEquals(new long[] {0, 1, 0}, loss.decodes(half).toLongs());
    assertArrayEquals(
        new long[] {1, 1, 1},
        new BCEWithLogitsLossFlat(0.2).decodes(loss.activation(half)).toLongs());
  }

  @Test
  @DisplayName("LOS-15 one loss for each item")
  void noReduction() {
    Loss loss = new CrossEntropyLossFlat();
    Tensor x = Tensor.randn(new Rng(4), 5, 3);
    Tensor y = Tensor.of(new int[] {0, 1, 2, 1, 0}, 5);
    assertArrayEquals(new long[] {5}, loss.forward(x, y, Reduction.NONE).shape());
    assertEquals(0, loss.forward(x, y).rank());
  }

  @Test
  void logitsFarApartStayFinite() {
    Tensor x = Tensor.of(new float[] {200, 0, -200, 0, 0, 200}, 3, 2).requiresGrad(true);
    Tensor y = Tensor.of(new int[] {0, 0, 0}, 3);
    Tensor each = new CrossEntropyLossFlat().forward(x, y, Reduction.NONE);
    assertArrayEquals(new float[] {0, 200, 200}, each.toFloats(), 1e-4f);
    each.sum().backward();
    assertArrayEquals(new float[] {0, 0, -1, 1, -1, 1}, x.grad().toFloats(), 1e-6f);

    Tensor z = Tensor.of(new float[] {200, -200, 200, -200}, 4).requiresGrad(true);
    Tensor t = Tensor.of(new int[] {1, 0, 0, 1}, 4);
    Tensor bce = new BCEWithLogitsLossFlat().forward(z, t, Reduction.NONE);
    assertArrayEquals(new float[] {0, 0, 200, 200}, bce.toFloats(), 1e-4f);
    bce.sum().backward();
    assertArrayEquals(new float[] {0, 0, 1, -1}, z.grad().toFloats(), 1e-6f);

    Tensor p = Tensor.of(new float[] {0, 1}, 2).requiresGrad(true);
    Tensor certain = new BCELossFlat().forward(p, Tensor.of(new int[] {1, 0}, 2), Reduction.NONE);
    assertArrayEquals(new float[] {100, 100}, certain.toFloats(), 1e-4f);
    certain.sum().backward();
    for (float g : p.grad().toFloats()) {
      assertTrue(Float.isFinite(g));
    }
  }

  @Test
  void zeroLogitsHaveTheRightGradient() {
    Tensor x = Tensor.of(new float[] {0, 0}, 2).requiresGrad(true);
    new BCEWithLogitsLossFlat()
        .forward(x, Tensor.of(new int[] {1, 0}, 2), Reduction.SUM)
        .backward();
    assertArrayEquals(new float[] {-0.5f, 0.5f}, x.grad().toFloats(), 1e-7f);
  }

  @Test
  void gradients() {
    Tensor ids = Tensor.of(new int[] {0, 2, 1, 2}, 4);
    for (Reduction r : Reduction.values()) {
      check(x -> new CrossEntropyLossFlat().forward(x[0], ids, r), leaf(1, 4, 3));
      check(x -> new CrossEntropyLossFlat(-1, 1, 2, 0.5).forward(x[0], ids, r), leaf(2, 4, 3));
      check(x -> new LabelSmoothingCrossEntropyFlat().forward(x[0], ids, r), leaf(3, 4, 3));
      check(x -> new MSELossFlat().forward(x[0], x[1], r), leaf(4, 4, 3), leaf(5, 12));
      check(x -> new L1LossFlat().forward(x[0], x[1], r), leaf(6, 4, 3), leaf(7, 12));
      check(x -> new BCEWithLogitsLossFlat().forward(x[0], x[1], r), leaf(8, 4), leaf(9, 4));
      check(
          x -> new BCELossFlat().forward(x[0].sigmoid(), x[1].sigmoid(), r),
          leaf(10, 4),
          leaf(11, 4));
    }
    check(x -> new CrossEntropyLossFlat(1).forward(x[0], ids), leaf(12, 2, 3, 2));
  }

  @Test
  void wrongTargetsAreNamed() {
    Loss loss = new CrossEntropyLossFlat();
    Tensor x = Tensor.zeros(2, 2, 3);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> loss.forward(x, Tensor.of(new int[] {0, 1, 3, 2}, 2, 2)));
    assertEquals(
        "CrossEntropyLossFlat expects classes 0 to 2 (3 classes), got 3 at [1, 0] of the target"
            + " [2, 2]",
        e.getMessage());
    e =
        assertThrows(
            IllegalArgumentException.class,
            () -> loss.forward(x, Tensor.of(new int[] {0, 1, 2}, 3)));
    assertEquals(
        "CrossEntropyLossFlat expects one target for each of 4 predictions [2, 2, 3], got [3]",
        e.getMessage());
    e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new MSELossFlat().forward(Tensor.zeros(4, 2), Tensor.zeros(4)));
    assertEquals(
        "MSELossFlat expects a target for each element of [4, 2], got [4]", e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new BCELossFlat().forward(Tensor.ones(2).mul(1.5), Tensor.zeros(2)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CrossEntropyLossFlat(-1, 1, 2).forward(x, Tensor.of(new long[4], 2, 2)));
  }
}
