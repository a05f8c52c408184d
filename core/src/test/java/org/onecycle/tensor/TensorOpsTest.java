package org.onecycle.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.testing.GradCheck.check;
import static org.onecycle.testing.GradCheck.leaf;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onecycle.array.DType;
import org.onecycle.array.Scope;
import org.onecycle.backend.Binary;
import org.onecycle.backend.PadMode;
import org.onecycle.backend.Reduction;
import org.onecycle.backend.Unary;

class TensorOpsTest {

  @ParameterizedTest
  @EnumSource(Unary.class)
  void unaryGradients(Unary op) {
    switch (op) {
      case SIGN, FLOOR, CEIL, ROUND, IS_NAN, IS_INF -> {
        return;
      }
      case LOG, SQRT, LOG1P -> check(x -> x[0].square().add(0.5).apply(op), leaf(1, 3, 4));
      default -> check(x -> x[0].apply(op), leaf(1, 3, 4));
    }
  }

  @ParameterizedTest
  @EnumSource(Unary.class)
  void unaryValues(Unary op) {
    double[] at = {0.3, 1.7, 2.5};
    double[] y = Tensor.of(at, 3).apply(op).toDoubles();
    for (int i = 0; i < at.length; i++) {
      double x = at[i];
      double expected =
          switch (op) {
            case NEG -> -x;
            case ABS, RELU -> x;
            case SIGN -> 1;
            case EXP -> Math.exp(x);
            case LOG -> Math.log(x);
            case LOG1P -> Math.log1p(x);
            case SQRT -> Math.sqrt(x);
            case SQUARE -> x * x;
            case RECIPROCAL -> 1 / x;
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case TANH -> Math.tanh(x);
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case SOFTPLUS -> Math.log1p(Math.exp(x));
            case ERF ->
                new double[] {0.3286267594591274, 0.9837904585907746, 0.9995930479825550}[i];
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case ROUND -> Math.rint(x);
            case IS_NAN, IS_INF -> 0;
          };
      assertEquals(expected, y[i], 1e-12, op + " of " + x);
    }
  }

  @Test
  void softplusNeitherOverflowsNorVanishes() {
    float[] y = Tensor.of(new float[] {-80, 90, 1000}, 3).apply(Unary.SOFTPLUS).toFloats();
    assertEquals(Math.exp(-80), y[0], 1e-40);
    assertEquals(90, y[1]);
    assertEquals(1000, y[2]);
  }

  @Test
  void binaryGradientsWithBroadcasting() {
    check(x -> x[0].add(x[1]), leaf(1, 2, 3, 4), leaf(2, 3, 1));
    check(x -> x[0].sub(x[1]), leaf(1, 3, 1), leaf(2, 2, 3, 4));
    check(x -> x[0].mul(x[1]), leaf(1, 2, 3, 4), leaf(2, 4));
    check(x -> x[0].div(x[1].square().add(1)), leaf(1, 2, 1, 4), leaf(2, 3, 1));
    check(x -> x[0].maximum(x[1]), leaf(1, 3, 4), leaf(2, 3, 4));
    check(x -> x[0].minimum(x[1]), leaf(1, 3, 4), leaf(2, 3, 4));
    check(x -> x[0].square().add(1).pow(1.5).mul(3).div(2).sub(1), leaf(1, 3, 4));
    check(x -> x[0].clamp(-0.5, 0.7), leaf(1, 3, 4));
    check(x -> x[0].mul(x[0]).add(x[0]), leaf(1, 3, 4));
    Tensor c = leaf(5, 3, 4).compare(Binary.GT, 0);
    check(x -> Tensor.where(c, x[0], x[1]), leaf(1, 3, 4), leaf(2, 4));
  }

  @Test
  void aConditionThatHoldsForWholeRowsChoosesThem() {
    boolean[] rows = {true, true, false, true, false, false};
    long[] mask = new long[6];
    for (int i = 0; i < 6; i++) {
      mask[i] = rows[i] ? 1 : 0;
    }
    Tensor c = Tensor.of(mask, 2, 3, 1);
    Tensor a = leaf(1, 2, 3, 20);
    Tensor b = leaf(2, 2, 3, 20);
    Tensor nine = Tensor.full(9, a.dtype(), 1, 1, 1);
    for (Tensor[] pair : new Tensor[][] {{a, b}, {nine, b}, {a, nine}}) {
      double[] chosen = Tensor.where(c, pair[0], pair[1]).toDoubles();
      for (int i = 0; i < chosen.length; i++) {
        Tensor from = pair[rows[i / 20] ? 0 : 1];
        assertEquals(from.numel() == 1 ? 9 : from.toDoubles()[i], chosen[i]);
      }
    }
    check(x -> Tensor.where(c, x[0], x[1]), a, b);
    check(x -> Tensor.where(c, nine, x[0]), b);
  }

  @Test
  void reductionGradients() {
    for (Reduction op : Reduction.values()) {
      check(x -> x[0].reduceKeep(op, 1), leaf(1, 2, 3, 4));
      check(x -> x[0].reduceKeep(op, 0, -1), leaf(1, 2, 3, 4));
      check(x -> x[0].reduceKeep(op), leaf(1, 2, 3));
    }
    check(x -> x[0].sum(1).mul(x[0].mean(1)), leaf(1, 3, 4));
    check(x -> x[0].max(0).mul(x[0].min(0)), leaf(1, 3, 4));
    check(x -> x[0].var(1, 0, 2), leaf(1, 3, 4, 2));
  }

  @Test
  void shapeGradients() {
    check(x -> x[0].reshape(4, -1).flatten(0), leaf(1, 2, 3, 4));
    check(x -> x[0].permute(2, 0, 1), leaf(1, 2, 3, 4));
    check(x -> x[0].transpose(0, -1).unsqueeze(1).squeeze(1), leaf(1, 2, 3, 4));
    check(x -> x[0].expand(5, 3, 4), leaf(1, 3, 1));
    check(x -> x[0].slice(1, 1, 3), leaf(1, 2, 4, 3));
    check(x -> x[0].slice(2, 0, 5, 2), leaf(1, 2, 2, 5));
    check(x -> x[0].select(1, -1), leaf(1, 2, 4, 3));
    check(x -> Tensor.cat(1, x[0], x[1], x[0]), leaf(1, 2, 3), leaf(2, 2, 1));
    check(x -> Tensor.stack(1, x[0], x[1]), leaf(1, 2, 3), leaf(2, 2, 3));
    check(x -> x[0].flip(0, 2), leaf(1, 2, 3, 4));
    for (PadMode mode : PadMode.values()) {
      check(x -> x[0].pad(mode, 0.5, new long[][] {{0, 0}, {2, 1}, {0, 3}}), leaf(1, 2, 3, 4));
    }
  }

  @Test
  void paddingValues() {
    Tensor x = Tensor.of(new float[] {1, 2, 3}, 3);
    long[] by = {2, 2};
    assertArrayEquals(new float[] {9, 9, 1, 2, 3, 9, 9}, x.pad(PadMode.CONSTANT, 9, by).toFloats());
    assertArrayEquals(new float[] {3, 2, 1, 2, 3, 2, 1}, x.pad(PadMode.REFLECT, 0, by).toFloats());
    assertArrayEquals(
        new float[] {1, 1, 1, 2, 3, 3, 3}, x.pad(PadMode.REPLICATE, 0, by).toFloats());
    assertThrows(
        IllegalArgumentException.class, () -> x.pad(PadMode.REFLECT, 0, new long[] {3, 0}));
  }

  @Test
  void matmulGradients() {
    check(x -> x[0].matmul(x[1]), leaf(1, 3, 4), leaf(2, 4, 2));
    check(x -> x[0].matmul(x[1]), leaf(1, 2, 3, 4), leaf(2, 4, 2));
    check(x -> x[0].matmul(x[1]), leaf(1, 2, 3, 4), leaf(2, 2, 4, 5));
    check(x -> x[0].matmul(x[1]), leaf(1, 3, 4), leaf(2, 2, 4, 5));
    check(x -> x[0].matmul(x[1]), leaf(1, 4), leaf(2, 4));
    check(x -> x[0].matmul(x[1]), leaf(1, 2, 3, 4), leaf(2, 4));
    check(x -> F.linear(x[0], x[1], x[2]), leaf(1, 2, 3, 4), leaf(2, 5, 4), leaf(3, 5));
    check(x -> F.linear(x[0], x[1], null), leaf(1, 3, 4), leaf(2, 5, 4));
  }

  @Test
  void matmulValuesInBothTypes() {
    for (DType type : new DType[] {DType.FLOAT, DType.DOUBLE}) {
      Tensor a = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).to(type);
      Tensor b = Tensor.of(new float[] {1, 0, 2, 1, 0, 3}, 3, 2).to(type);
      assertArrayEquals(new double[] {5, 11, 14, 23}, a.matmul(b).toDoubles());
    }
  }

  @Test
  void indexGradientsSumRepeatedIndices() {
    Tensor i = Tensor.of(new long[] {2, 0, 2, 2}, 2, 2);
    check(x -> x[0].indexSelect(0, i), leaf(1, 3, 4));
    Tensor two = Tensor.of(new long[] {1, 0, 1}, 3);
    check(x -> x[0].indexSelect(1, two), leaf(1, 2, 3, 2));
    Tensor j = Tensor.of(new long[] {2, 0, 2, 1, 1, 1}, 2, 3);
    check(x -> x[0].gather(0, j), leaf(1, 3, 4));
    check(x -> x[0].gather(1, j), leaf(1, 2, 3));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> leaf(1, 2, 2).indexSelect(0, Tensor.of(new long[] {5}, 1)));
  }

  /** {@code x^3}, with its gradient written by hand. */
  private static final class Cube extends Function {
    private Tensor x;

    @Override
    protected Tensor forward(Tensor... inputs) {
      x = inputs[0];
      return x.mul(x).mul(x);
    }

    @Override
    protected Tensor[] backward(Tensor gradient) {
      return new Tensor[] {gradient.mul(x.square().mul(3))};
    }
  }

  @Test
  void usersFunctionsHaveTheirOwnGradients() {
    check(x -> new Cube().apply(x[0].mul(2)).add(x[0]), leaf(1, 5));
    Cube once = new Cube();
    once.apply(leaf(1, 2));
    assertThrows(IllegalStateException.class, () -> once.apply(leaf(1, 2)));
  }

  @Test
  void integersAndTypes() {
    Tensor i = Tensor.of(new long[] {1, 2, 3}, 3);
    assertEquals(DType.FLOAT, i.add(0.5).dtype());
    assertEquals(DType.INT64, i.add(1).dtype());
    assertEquals(DType.FLOAT, i.div(2).dtype());
    assertEquals(DType.FLOAT, i.add(Tensor.ones(3)).dtype());
    assertArrayEquals(new double[] {0.5, 1, 1.5}, i.div(2).toDoubles());
    assertEquals(6, i.sum().item());
    assertEquals(2, i.mean().item());
    Tensor bytes = Tensor.of(new byte[] {1, (byte) 200, 7}, 3);
    assertEquals(1, bytes.argmax(0).item());
    assertArrayEquals(new double[] {1, 200, 7}, bytes.toDoubles());
    assertThrows(
        IllegalArgumentException.class, () -> Tensor.ones(2).add(Tensor.full(1, DType.DOUBLE, 2)));
    assertArrayEquals(new double[] {0, 1, 1}, i.compare(Binary.GE, 2).to(DType.FLOAT).toDoubles());
  }

  @Test
  void bfloat16RoundsToEven() {
    float[] v = {1.00390625f, 1.01171875f, -3.5f, 1e-3f};
    Tensor b = Tensor.of(v, 4).to(DType.BFLOAT16);
    assertArrayEquals(new float[] {1.0f, 1.015625f, -3.5f, 0.00099945068f}, b.toFloats(), 1e-9f);
  }

  @Test
  void indicesOfSeveralAxesIntoOneAxis() {
    Tensor x = Tensor.of(new float[] {1, 2, 4}, 3);
    Tensor at = Tensor.of(new long[] {2, 0, 1, 1, 2, 2}, 2, 3);
    assertArrayEquals(new float[] {4, 1, 2, 2, 4, 4}, x.indexSelect(0, at).toFloats());
    assertArrayEquals(new long[] {2, 3}, x.indexSelect(0, at).shape());
  }

  @Test
  void whatIsTurnedBackIsNotCopiedAgain() {
    try (Scope s = Scope.open()) {
      Tensor x = leaf(1, 2, 3, 4);
      Tensor inner = x.mul(2);
      Tensor turned = inner.permute(2, 0, 1);
      assertTrue(turned.permute(1, 2, 0).value().sharesStorage(inner.value()));
      assertFalse(turned.permute(2, 0, 1).value().sharesStorage(inner.value()));
      assertFalse(x.permute(2, 0, 1).permute(1, 2, 0).value().sharesStorage(x.value()), "a leaf");
      turned.value().changed();
      assertFalse(turned.permute(1, 2, 0).value().sharesStorage(inner.value()), "written to");
    }
    check(x -> x[0].mul(3).permute(2, 0, 1).permute(1, 2, 0).square(), leaf(1, 2, 3, 4));
  }

  @Test
  void gradientsPassEachResultOnTheWayOfWhatIsTurnedBack() {
    try (Scope s = Scope.open()) {
      Tensor inner = leaf(1, 2, 3).mul(2);
      Tensor turned = inner.permute(1, 0);
      Tensor back = turned.permute(1, 0);
      List<String> seen = new ArrayList<>();
      turned.onGrad(d -> seen.add("turned " + d.sum().item()));
      back.onGrad(d -> seen.add("back " + d.sum().item()));
      back.sum().add(inner.sum()).backward();
      assertEquals(List.of("back 6.0", "turned 6.0"), seen);
    }
  }
}
