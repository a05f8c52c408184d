package org.onecycle.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.onecycle.testing.GradCheck.check;
import static org.onecycle.testing.GradCheck.leaf;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.onecycle.array.DType;
import org.onecycle.loss.Loss.Reduction;
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.Fixtures;

/** Losses as fastai computes them, in DOUBLE. */
class LossFixtureTest {
  private static final JsonNode FIXTURE = Fixtures.json("losses/losses");
  private static final double[] ACTS = {
    .6734, .2576, .4689, .4607, -2.2457, -.3727, 4.4164, -1.2760, .9233, .5347, 1.0698, 1.6187
  };

  private static double[] flat(JsonNode node) {
    List<Double> out = new ArrayList<>();
    walk(node, out);
    return out.stream().mapToDouble(d -> d).toArray();
  }

  private static void walk(JsonNode node, List<Double> out) {
    if (node.isArray()) {
      node.forEach(n -> walk(n, out));
    } else {
      out.add(node.asDouble());
    }
  }

  private static long[] longs(String name) {
    double[] values = flat(FIXTURE.get(name));
    long[] out = new long[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (long) values[i];
    }
    return out;
  }

  private static Tensor doubles(String name, long... shape) {
    return Tensor.of(flat(FIXTURE.get(name)), shape);
  }

  private static DynamicTest same(String name, Loss loss, Tensor pred, Tensor target) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          JsonNode expected = FIXTURE.get("runs").get(name);
          Tensor x = pred.copy().requiresGrad(true);
          Tensor value = loss.forward(x, target);
          double l = expected.get("loss").asDouble();
          assertEquals(l, value.item(), 1e-9 * l);
          value.backward();
          assertArrayEquals(flat(expected.get("grad")), x.grad().toDoubles(), 1e-9);
          Tensor activated = loss.activation(x.detach());
          assertArrayEquals(flat(expected.get("activation")), activated.toDoubles(), 1e-9);
          // The reference decodes what it is given, here the logits themselves.
          Tensor answer = loss.decodes(x.detach());
          double[] decoded = answer.to(DType.DOUBLE).toDoubles();
          assertArrayEquals(flat(expected.get("decodes")), decoded, 1e-12);
        });
  }

  @TestFactory
  @DisplayName("losses, gradients, activations and decodings of fastai")
  Stream<DynamicTest> fixtures() {
    Tensor x = doubles("x", 6, 5);
    Tensor y = Tensor.of(longs("y"), 6);
    Tensor yb = doubles("yb", 6, 5);
    Tensor xr = doubles("xr", 6, 1);
    Tensor yr = doubles("yr", 6);
    Tensor xs = doubles("xs", 2, 3, 4, 4);
    Tensor ys = Tensor.of(longs("ys"), 2, 4, 4);
    return Stream.of(
        same("CrossEntropy", new CrossEntropyLossFlat(), x, y),
        same("CrossEntropy_w", new CrossEntropyLossFlat(-1, flat(FIXTURE.get("w"))), x, y),
        same("CrossEntropy_seg", new CrossEntropyLossFlat(1), xs, ys),
        same("Focal_g2", new FocalLossFlat(), x, y),
        same("LabelSmoothing", new LabelSmoothingCrossEntropyFlat(), x, y),
        same("BCEWithLogits", new BCEWithLogitsLossFlat(), x, yb),
        same("BCEWithLogits_th", new BCEWithLogitsLossFlat(.3), x, yb),
        same("MSE", new MSELossFlat(), xr, yr),
        same("L1", new L1LossFlat(), xr, yr),
        same("Dice", new DiceLoss(), xs, ys));
  }

  @Test
  @DisplayName("LOS-04 focal loss")
  void focal() {
    Tensor x = Tensor.of(ACTS, 6, 2);
    Tensor y = Tensor.of(new long[] {0, 1, 0, 1, 1, 0}, 6);
    assertEquals(1.8044447, new FocalLossFlat(0, -1).forward(x, y).item(), 1e-7);
    assertEquals(1.525418, new FocalLossFlat(1, -1).forward(x, y).item(), 1e-6);
    assertEquals(1.3589368, new FocalLossFlat().forward(x, y).item(), 1e-7);
    double[] each = {.080071, .175746, 1.514679, 5.657553, .32184, .403731};
    Tensor none = new FocalLossFlat().forward(x, y, Reduction.NONE);
    assertArrayEquals(each, none.toDoubles(), 1e-6);
    assertEquals(8.1536207, new FocalLossFlat().forward(x, y, Reduction.SUM).item(), 1e-6);
    Tensor weighted = new FocalLossFlat(2, -1, 1, 2).forward(x, y, Reduction.NONE);
    assertEquals(2 * each[1], weighted.toDoubles()[1], 2e-6);
    check(t -> new FocalLossFlat().forward(t[0], y, Reduction.NONE), leaf(3, 6, 2));
    // A certain answer has no gradient, not NaN.
    Tensor sure = Tensor.of(new double[] {800, -800}, 1, 2).requiresGrad(true);
    new FocalLossFlat().forward(sure, Tensor.of(new long[] {0}, 1)).backward();
    assertArrayEquals(new double[2], sure.grad().toDoubles(), 0);
  }

  @Test
  @DisplayName("LOS-08 the classes of the target as ones and zeros in the predictions' shape")
  void oneHot() {
    Tensor y = Tensor.of(new long[] {1, 0, 2, 2, 2, 1}, 1, 1, 2, 3);
    double[] hot = {0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 0};
    Tensor sure = Tensor.of(hot, 1, 3, 2, 3).mul(200);
    // Predictions that are the target: nothing is missing. Any other pixel would cost.
    double[] none = new DiceLoss().forward(sure, y, Reduction.NONE).toDoubles();
    assertArrayEquals(new double[3], none, 1e-12);
    Tensor moved = Tensor.cat(1, sure.slice(1, 1, 3), sure.slice(1, 0, 1));
    double[] apart = new DiceLoss().forward(moved, y, Reduction.NONE).toDoubles();
    assertArrayEquals(new double[] {1, 1, 1}, apart, 1e-5);
  }

  @Test
  @DisplayName("LOS-09 LOS-10 Dice loss")
  void dice() {
    Tensor x = Tensor.of(new double[] {2, 1, 1, 5, 1, 2, 3, 1, 3, 0, 4, 3}, 1, 3, 2, 2);
    Tensor y = Tensor.of(new long[] {2, 1, 2, 0}, 1, 2, 2);
    DiceLoss loss = new DiceLoss();
    assertArrayEquals(y.toLongs(), loss.decodes(loss.activation(x)).toLongs());
    double[] each = {.275054489, .344797953, .233852191};
    assertArrayEquals(each, loss.forward(x, y, Reduction.NONE).toDoubles(), 1e-8);
    assertEquals(.85370463, loss.forward(x, y).item(), 1e-8);
    DiceLoss mean = new DiceLoss(1e-6, Reduction.MEAN, false);
    assertEquals(.28456821, mean.forward(x, y).item(), 1e-8);
    DiceLoss square = new DiceLoss(1e-6, Reduction.SUM, true);
    assertEquals(.27229647, square.forward(x, y).item(), 1e-8);
    Tensor one = Tensor.of(new double[] {.1, .1, 100}, 1, 3, 1);
    assertEquals(0, mean.forward(one, Tensor.of(new long[] {2}, 1, 1)).item(), 1e-9);
    Tensor two = Tensor.of(new double[] {.1, 100, .1, .1, 100, .1}, 1, 3, 2);
    assertEquals(.666666, mean.forward(two, Tensor.of(new long[] {2, 1}, 1, 2)).item(), 1e-5);
    check(t -> loss.forward(t[0], y, Reduction.NONE), leaf(4, 1, 3, 2, 2));
  }
}
