package org.onecycle.backend;

import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarDivision;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMin;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarSubtraction;
import org.nd4j.linalg.api.ops.impl.scalar.comparison.ScalarEquals;
import org.nd4j.linalg.api.ops.impl.scalar.comparison.ScalarGreaterThan;
import org.nd4j.linalg.api.ops.impl.scalar.comparison.ScalarGreaterThanOrEqual;
import org.nd4j.linalg.api.ops.impl.scalar.comparison.ScalarLessThan;
import org.nd4j.linalg.api.ops.impl.scalar.comparison.ScalarLessThanOrEqual;
import org.nd4j.linalg.api.ops.impl.scalar.comparison.ScalarNotEquals;
import org.nd4j.linalg.api.ops.impl.transforms.any.Assign;
import org.nd4j.linalg.api.ops.impl.transforms.bool.IsInf;
import org.nd4j.linalg.api.ops.impl.transforms.bool.IsNaN;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Ceil;
import org.nd4j.linalg.api.ops.impl.transforms.same.Floor;
import org.nd4j.linalg.api.ops.impl.transforms.same.Negative;
import org.nd4j.linalg.api.ops.impl.transforms.same.Reciprocal;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.api.ops.impl.transforms.same.Square;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Cos;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Rint;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sin;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;
import org.onecycle.array.Shapes;

/** {@link ElementwiseKernels} on any ND4J device. */
final class Nd4jElementwise implements ElementwiseKernels {
  /** Up to so many elements a native operation takes longer than a loop. */
  private static final int SMALL = 4096;

  @Override
  public Array unary(Unary op, Array x) {
    boolean bool = op == Unary.IS_NAN || op == Unary.IS_INF;
    Array in = needsFloat(op) && !x.dtype().isFloating() ? cast(x, DType.FLOAT) : x;
    if (op == Unary.SOFTPLUS) {
      return softplus(in);
    }
    if (op == Unary.LOG1P) {
      return log1p(in);
    }
    Array out = Array.empty(bool ? DType.BOOL : in.dtype(), in.shape());
    if (in.numel() == 0) {
      return out;
    }
    if (op == Unary.RELU) {
      return NativeOp.of("relu").doubles(0).run(out, in);
    }
    Nd4j.exec(unaryOp(op, in.nd(), out.nd()));
    return out;
  }

  private static boolean needsFloat(Unary op) {
    return switch (op) {
      case NEG, ABS, SIGN, SQUARE, RELU -> false;
      default -> true;
    };
  }

  private static Op unaryOp(Unary op, INDArray x, INDArray z) {
    return switch (op) {
      case NEG -> new Negative(x, z);
      case ABS -> new Abs(x, z);
      case SIGN -> new Sign(x, z);
      case EXP -> new Exp(x, z);
      case LOG -> new Log(x, z);
      case SQRT -> new Sqrt(x, z);
      case SQUARE -> new Square(x, z);
      case RECIPROCAL -> new Reciprocal(x, z);
      case SIN -> new Sin(x, z);
      case COS -> new Cos(x, z);
      case TANH -> new Tanh(x, z);
      case SIGMOID -> new Sigmoid(x, z);
      case ERF -> new Erf(x, z);
      case FLOOR -> new Floor(x, z);
      case CEIL -> new Ceil(x, z);
      case ROUND -> new Rint(x, z);
      case IS_NAN -> new IsNaN(x, z);
      case IS_INF -> new IsInf(x, z);
      case RELU, SOFTPLUS, LOG1P -> throw new AssertionError(op);
    };
  }

  /** {@code max(x, 0) + log1p(exp(-|x|))}, which neither overflows nor loses small values. */
  private Array softplus(Array x) {
    try (Scope s = Scope.open()) {
      Array tail = unary(Unary.LOG1P, unary(Unary.EXP, unary(Unary.NEG, unary(Unary.ABS, x))));
      return s.keep(binary(Binary.ADD, unary(Unary.RELU, x), tail));
    }
  }

  /**
   * Kahan's correction of {@code log(u)}, {@code u = 1 + x}, for what rounding took from u: ND4J's
   * own log1p is 0 for small values.
   */
  private Array log1p(Array x) {
    try (Scope s = Scope.open()) {
      Array u = binary(Binary.ADD, x, 1);
      Array log = unary(Unary.LOG, u);
      Array rounded = binary(Binary.SUB, u, 1);
      Array corrected = binary(Binary.DIV, binary(Binary.MUL, log, x), rounded);
      Array small = binary(Binary.LT, unary(Unary.ABS, x), 0.5);
      Array y = where(small, where(binary(Binary.EQ, rounded, 0), x, corrected), log);
      return s.keep(y);
    }
  }

  @Override
  public Array binary(Binary op, Array a, Array b) {
    DType type =
        op == Binary.AND || op == Binary.OR ? DType.BOOL : DType.promote(a.dtype(), b.dtype());
    if (op == Binary.DIV && !type.isFloating()) {
      type = DType.FLOAT;
    }
    Array x = cast(a, type);
    Array y = cast(b, type);
    long[] shape = Shapes.broadcast(x.shape(), y.shape());
    Array out = Array.empty(op.isComparison() ? DType.BOOL : type, shape);
    if (out.numel() == 0) {
      return out;
    }
    return NativeOp.of(binaryName(op)).run(out, x, y);
  }

  private static String binaryName(Binary op) {
    return switch (op) {
      case ADD -> "add";
      case SUB -> "subtract";
      case MUL -> "multiply";
      case DIV -> "divide";
      case POW -> "Pow";
      case MAX -> "maximum";
      case MIN -> "minimum";
      case REMAINDER -> "floormod";
      case EQ -> "equals";
      case NE -> "not_equals";
      case LT -> "less";
      case LE -> "less_equal";
      case GT -> "greater";
      case GE -> "greater_equal";
      case AND -> "boolean_and";
      case OR -> "boolean_or";
    };
  }

  @Override
  public Array binary(Binary op, Array a, double b) {
    boolean whole = b == Math.rint(b) && Math.abs(b) < 1L << 31;
    boolean floats = !whole || op == Binary.DIV || op == Binary.POW;
    Array x = !a.dtype().isFloating() && floats ? cast(a, DType.FLOAT) : a;
    if (op == Binary.AND || op == Binary.OR || op == Binary.REMAINDER || x.dtype() == DType.BOOL) {
      Array number = Array.empty(x.dtype() == DType.BOOL && !whole ? DType.FLOAT : x.dtype());
      fill(number, b);
      return binary(op, x, number);
    }
    if (x.dtype() == DType.FLOAT && x.numel() <= SMALL && x.isHost() && isArithmetic(op)) {
      return small(op, x, (float) b);
    }
    Array out = Array.empty(op.isComparison() ? DType.BOOL : x.dtype(), x.shape());
    if (out.numel() > 0) {
      Nd4j.exec(scalarOp(op, x.nd(), out.nd(), b));
    }
    return out;
  }

  private static boolean isArithmetic(Binary op) {
    return op == Binary.ADD || op == Binary.SUB || op == Binary.MUL || op == Binary.DIV;
  }

  private static Array small(Binary op, Array x, float b) {
    float[] v = Host.floats(x);
    for (int i = 0; i < v.length; i++) {
      v[i] =
          switch (op) {
            case ADD -> v[i] + b;
            case SUB -> v[i] - b;
            case MUL -> v[i] * b;
            default -> v[i] / b;
          };
    }
    Array out = Array.empty(DType.FLOAT, x.shape());
    Host.put(v, out);
    return out;
  }

  private static Op scalarOp(Binary op, INDArray x, INDArray z, double b) {
    return switch (op) {
      case ADD -> new ScalarAdd(x, null, z, b);
      case SUB -> new ScalarSubtraction(x, null, z, b);
      case MUL -> new ScalarMultiplication(x, null, z, b);
      case DIV -> new ScalarDivision(x, null, z, b);
      case POW -> new org.nd4j.linalg.api.ops.impl.scalar.Pow(x, z, b);
      case MAX -> new ScalarMax(x, null, z, b);
      case MIN -> new ScalarMin(x, null, z, b);
      case EQ -> new ScalarEquals(x, z, b);
      case NE -> new ScalarNotEquals(x, z, b);
      case LT -> new ScalarLessThan(x, z, b);
      case LE -> new ScalarLessThanOrEqual(x, z, b);
      case GT -> new ScalarGreaterThan(x, z, b);
      case GE -> new ScalarGreaterThanOrEqual(x, z, b);
      case AND, OR, REMAINDER -> throw new AssertionError(op);
    };
  }

  @Override
  public void reluInPlace(Array target) {
    if (target.numel() > 0) {
      NativeOp.of("relu").doubles(0).run(target, target);
    }
  }

  @Override
  public Array reluGrad(Array y, Array dy) {
    if (dy.dtype() == DType.BFLOAT16) {
      // The native operation does not know the type, and processors without it come here.
      return cast(reluGrad(cast(y, DType.FLOAT), cast(dy, DType.FLOAT)), DType.BFLOAT16);
    }
    Array out = Array.empty(dy.dtype(), dy.shape());
    return out.numel() == 0 ? out : NativeOp.of("relu_bp").doubles(0).run(out, y, dy);
  }

  @Override
  public Array where(Array condition, Array a, Array b) {
    DType type = DType.promote(a.dtype(), b.dtype());
    long[] shape = Shapes.broadcast(condition.shape(), Shapes.broadcast(a.shape(), b.shape()));
    Array byRow =
        RowChoice.choose(cast(condition, DType.BOOL), cast(a, type), cast(b, type), shape);
    if (byRow != null) {
      return byRow;
    }
    ShapeKernels shapes = Backends.current().shape();
    Array c = shapes.broadcastTo(cast(condition, DType.BOOL), shape);
    Array x = shapes.broadcastTo(cast(a, type), shape);
    Array y = shapes.broadcastTo(cast(b, type), shape);
    Array out = Array.empty(type, shape);
    return out.numel() == 0 ? out : NativeOp.of("select").run(out, c, x, y);
  }

  @Override
  public Array cast(Array x, DType dtype) {
    if (x.dtype() == dtype) {
      return x;
    }
    Array out = Array.empty(dtype, x.shape());
    if (out.numel() == 0) {
      return out;
    }
    if (dtype == DType.BOOL) {
      Nd4j.exec(new ScalarNotEquals(x.nd(), out.nd(), 0));
    } else {
      Nd4j.exec(new Assign(x.nd(), out.nd()));
    }
    return out;
  }

  @Override
  public void addInPlace(Array target, Array x, double scale) {
    if (!Arrays.equals(target.shape(), x.shape()) || target.dtype() != x.dtype()) {
      throw new IllegalArgumentException("Cannot add " + x + " to " + target + " in place");
    }
    if (target.numel() == 0) {
      return;
    }
    try (Scope s = Scope.open()) {
      Array scaled = scale == 1 ? x : binary(Binary.MUL, x, scale);
      NativeOp.of("add").run(target, target, scaled);
    }
  }

  @Override
  public void scaleInPlace(Array target, double factor) {
    if (target.numel() > 0) {
      Nd4j.exec(new ScalarMultiplication(target.nd(), null, target.nd(), factor));
    }
  }

  @Override
  public void copy(Array from, Array to) {
    if (!Arrays.equals(from.shape(), to.shape()) || from.dtype() != to.dtype()) {
      throw new IllegalArgumentException("Cannot copy " + from + " to " + to);
    }
    if (from.numel() == 0) {
      return;
    }
    from.plain();
    to.plain().changed();
    if (from.isHost()) {
      Pointer.memcpy(to.pointer(), from.pointer(), from.numel() * from.dtype().bytes());
    } else {
      Nd4j.exec(new Assign(from.nd(), to.nd()));
    }
  }

  @Override
  public void fill(Array target, double value) {
    if (target.numel() == 0) {
      return;
    }
    target.plain().changed();
    if (value == 0 && target.isHost()) {
      Pointer.memset(target.pointer(), 0, target.numel() * target.dtype().bytes());
    } else if (target.numel() <= SMALL && target.dtype() == DType.FLOAT && target.isHost()) {
      float[] same = new float[(int) target.numel()];
      Arrays.fill(same, (float) value);
      Host.put(same, target);
    } else {
      target.nd().assign(value);
    }
  }
}
