package org.onecycle.tensor;

import java.util.Arrays;
import java.util.Set;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.backend.Backends;
import org.onecycle.backend.Binary;
import org.onecycle.backend.ElementwiseKernels;
import org.onecycle.backend.Reduction;
import org.onecycle.backend.Unary;

/** Functions of each element, with their gradients. */
final class ElementwiseOps {
  private ElementwiseOps() {}

  private static ElementwiseKernels k() {
    return Backends.current().elementwise();
  }

  private static Array mul(Array a, Array b) {
    return k().binary(Binary.MUL, a, b);
  }

  /** Sums a gradient over the axes along which an operand was repeated. */
  static Array unbroadcast(Array dy, Tensor operand) {
    long[] shape = operand.shape();
    Array g = dy;
    if (!g.hasShape(shape)) {
      // Sums of many BFLOAT16 numbers lose nearly all digits.
      g = g.dtype() == DType.BFLOAT16 ? k().cast(g, DType.FLOAT) : g;
      int extra = g.rank() - shape.length;
      int[] axes = new int[g.rank()];
      int n = 0;
      for (int i = 0; i < g.rank(); i++) {
        if (i < extra || (shape[i - extra] == 1 && g.size(i) != 1)) {
          axes[n++] = i;
        }
      }
      g = Backends.current().reduce().reduce(Reduction.SUM, g, Arrays.copyOf(axes, n), true);
      g = g.reshape(shape);
    }
    return k().cast(g, operand.dtype());
  }

  static Tensor add(Tensor a, Tensor b) {
    return Tape.record(
        "add",
        k().binary(Binary.ADD, a.value(), b.value()),
        dy ->
            new Array[] {
              a.needsGrad() ? unbroadcast(dy, a) : null, b.needsGrad() ? unbroadcast(dy, b) : null
            },
        a,
        b);
  }

  static Tensor sub(Tensor a, Tensor b) {
    return Tape.record(
        "sub",
        k().binary(Binary.SUB, a.value(), b.value()),
        dy ->
            new Array[] {
              a.needsGrad() ? unbroadcast(dy, a) : null,
              b.needsGrad() ? k().unary(Unary.NEG, unbroadcast(dy, b)) : null
            },
        a,
        b);
  }

  static Tensor mul(Tensor a, Tensor b) {
    return Tape.record(
        "mul",
        k().binary(Binary.MUL, a.value(), b.value()),
        dy ->
            new Array[] {
              a.needsGrad() ? unbroadcast(mul(dy, b.value()), a) : null,
              b.needsGrad() ? unbroadcast(mul(dy, a.value()), b) : null
            },
        a,
        b);
  }

  static Tensor div(Tensor a, Tensor b) {
    Array out = k().binary(Binary.DIV, a.value(), b.value());
    return Tape.record(
        "div",
        out,
        dy -> {
          Array da = k().binary(Binary.DIV, dy, b.value());
          return new Array[] {
            a.needsGrad() ? unbroadcast(da, a) : null,
            b.needsGrad() ? unbroadcast(k().unary(Unary.NEG, mul(da, out)), b) : null
          };
        },
        a,
        b);
  }

  static Tensor add(Tensor a, double b) {
    return Tape.record(
        "add",
        k().binary(Binary.ADD, a.value(), b),
        dy -> new Array[] {k().cast(dy, a.dtype())},
        a);
  }

  static Tensor mul(Tensor a, double b) {
    return Tape.record(
        "mul",
        k().binary(Binary.MUL, a.value(), b),
        dy -> new Array[] {k().binary(Binary.MUL, dy, b)},
        a);
  }

  static Tensor div(Tensor a, double b) {
    return Tape.record(
        "div",
        k().binary(Binary.DIV, a.value(), b),
        dy -> new Array[] {k().binary(Binary.DIV, dy, b)},
        a);
  }

  static Tensor pow(Tensor a, double e) {
    return Tape.record(
        "pow",
        k().binary(Binary.POW, a.value(), e),
        dy -> {
          Array slope = k().binary(Binary.MUL, k().binary(Binary.POW, a.value(), e - 1), e);
          return new Array[] {mul(dy, slope)};
        },
        a);
  }

  static Tensor extreme(Tensor a, Tensor b, Binary op) {
    return Tape.record(
        op == Binary.MAX ? "maximum" : "minimum",
        k().binary(op, a.value(), b.value()),
        dy -> {
          Binary wins = op == Binary.MAX ? Binary.GT : Binary.LT;
          Array half = k().binary(Binary.MUL, dy, 0.5);
          Array ties = k().binary(Binary.EQ, a.value(), b.value());
          Array nothing = Tensor.full(0, dy.dtype()).value();
          Array toA = k().where(k().binary(wins, a.value(), b.value()), dy, nothing);
          Array toB = k().where(k().binary(wins, b.value(), a.value()), dy, nothing);
          return new Array[] {
            a.needsGrad() ? unbroadcast(k().where(ties, half, toA), a) : null,
            b.needsGrad() ? unbroadcast(k().where(ties, half, toB), b) : null
          };
        },
        a,
        b);
  }

  static Tensor clamp(Tensor x, double low, double high) {
    Array out = k().binary(Binary.MIN, k().binary(Binary.MAX, x.value(), low), high);
    return Tape.record(
        "clamp",
        out,
        dy -> {
          Array inside =
              k().binary(
                      Binary.AND,
                      k().binary(Binary.GE, x.value(), low),
                      k().binary(Binary.LE, x.value(), high));
          return new Array[] {mul(dy, k().cast(inside, dy.dtype()))};
        },
        x);
  }

  static Tensor where(Tensor condition, Tensor a, Tensor b) {
    return Tape.record(
        "where",
        k().where(condition.value(), a.value(), b.value()),
        dy -> {
          Array nothing = Tensor.full(0, dy.dtype()).value();
          return new Array[] {
            a.needsGrad() ? unbroadcast(k().where(condition.value(), dy, nothing), a) : null,
            b.needsGrad() ? unbroadcast(k().where(condition.value(), nothing, dy), b) : null
          };
        },
        a,
        b);
  }

  static Tensor cast(Tensor x, DType dtype) {
    if (x.dtype() == dtype) {
      return x;
    }
    Array out = k().cast(x.value(), dtype);
    if (!dtype.isFloating()) {
      return new Tensor(out);
    }
    return Tape.record("to", out, dy -> new Array[] {k().cast(dy, x.dtype())}, x);
  }

  /**
   * Operations whose results nobody reads again for their gradients, so that another may write over
   * them.
   */
  private static final Set<String> FORGETS_RESULT = Set.of("add", "sub", "batchNorm", "conv2d");

  static Tensor reluInPlace(Tensor x) {
    if (x.node() == null || !FORGETS_RESULT.contains(x.node().op)) {
      return unary(Unary.RELU, x);
    }
    Array y = x.value();
    k().reluInPlace(y);
    return relu(x, y);
  }

  private static Tensor relu(Tensor x, Array y) {
    return Tape.recordOver("relu", y, (dy, own) -> new Array[] {k().reluGrad(y, dy, own)}, x);
  }

  static Tensor unary(Unary op, Tensor x) {
    Array y = k().unary(op, x.value());
    return switch (op) {
      case RELU -> relu(x, y);
      case SIGN, FLOOR, CEIL, ROUND, IS_NAN, IS_INF -> new Tensor(y);
      default ->
          Tape.record(
              op.name().toLowerCase(java.util.Locale.ROOT),
              y,
              dy -> new Array[] {unaryGrad(op, x.value(), y, dy)},
              x);
    };
  }

  private static Array unaryGrad(Unary op, Array x, Array y, Array dy) {
    return switch (op) {
      case NEG -> k().unary(Unary.NEG, dy);
      case ABS -> mul(dy, k().unary(Unary.SIGN, x));
      case EXP -> mul(dy, y);
      case LOG -> k().binary(Binary.DIV, dy, x);
      case LOG1P -> k().binary(Binary.DIV, dy, k().binary(Binary.ADD, x, 1));
      case SQRT -> k().binary(Binary.DIV, dy, k().binary(Binary.MUL, y, 2));
      case SQUARE -> mul(dy, k().binary(Binary.MUL, x, 2));
      case RECIPROCAL -> k().unary(Unary.NEG, mul(dy, k().unary(Unary.SQUARE, y)));
      case SIN -> mul(dy, k().unary(Unary.COS, x));
      case COS -> k().unary(Unary.NEG, mul(dy, k().unary(Unary.SIN, x)));
      case TANH -> k().binary(Binary.SUB, dy, mul(dy, k().unary(Unary.SQUARE, y)));
      case SIGMOID -> mul(dy, k().binary(Binary.SUB, y, k().unary(Unary.SQUARE, y)));
      case SOFTPLUS -> mul(dy, k().unary(Unary.SIGMOID, x));
      case ERF -> {
        Array bell = k().unary(Unary.EXP, k().unary(Unary.NEG, k().unary(Unary.SQUARE, x)));
        yield mul(dy, k().binary(Binary.MUL, bell, 2 / Math.sqrt(Math.PI)));
      }
      case RELU, SIGN, FLOOR, CEIL, ROUND, IS_NAN, IS_INF -> throw new AssertionError(op);
    };
  }
}
