package org.onecycle.backend;

import java.util.List;
import org.onecycle.array.Array;
import org.onecycle.array.Host;
import org.onecycle.array.Scope;

/**
 * {@link OptimKernels} as one operation after the other, for any device and type.
 *
 * <p>Adam itself is one native operation. {@code adam_updater} adds epsilon before it debiases,
 * {@code lr sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + eps)}: with {@code eps sqrt(1 - b2^t)} in
 * its place the result is Adam's. Its numbers are given as arrays, since a context is bound to
 * those given as arguments and they change at every step; so does the step, for which the rate
 * makes up.
 */
final class Nd4jOptim implements OptimKernels {
  private static final NativeOp ADAM = NativeOp.of("adam_updater", 0);
  private static final NativeOp SUBTRACT = NativeOp.of("subtract");

  private static ElementwiseKernels k() {
    return Backends.current().elementwise();
  }

  @Override
  public void step(List<Update> updates) {
    for (Update u : updates) {
      if (u.param().numel() == 0) {
        continue;
      }
      try (Scope s = Scope.open()) {
        if (u.rule() instanceof Sgd by) {
          sgd(u, by);
        } else if (u.rule() instanceof Adaptive by) {
          adaptive(u, by);
        } else if (u.rule() instanceof Lookahead by) {
          lookahead(u, by);
        }
      }
    }
  }

  private static void sgd(Update u, Sgd by) {
    Array g = gradient(u, by.shrink(), by.l2());
    if (u.mean() != null) {
      average(u.mean(), g, by.mom(), 1);
      g = u.mean();
    }
    k().addInPlace(u.param(), g, -by.lr());
  }

  private static void lookahead(Update u, Lookahead by) {
    k().addInPlace(u.mean(), k().binary(Binary.SUB, u.param(), u.mean()), by.alpha());
    k().copy(u.mean(), u.param());
  }

  private void adaptive(Update u, Adaptive by) {
    Array g = gradient(u, by.shrink(), by.l2());
    if (isAdam(u, by)) {
      adam(u, g, by);
      return;
    }
    Averages a = by.averages();
    if (u.mean() != null) {
      average(u.mean(), g, a.mom(), a.damp());
    }
    average(u.square(), k().binary(Binary.MUL, g, g), a.sqrMom(), 1 - a.sqrMom());
    Array direction = direction(u, g, by.direction());
    double q = 1;
    if (by.largest() > 0) {
      double size = Math.sqrt(squares(u.param()));
      double length = Math.sqrt(squares(direction));
      q = size == 0 || length == 0 ? 1 : Math.min(size / length, by.largest());
    }
    k().addInPlace(u.param(), direction, -by.lr() * q);
  }

  private static Array direction(Update u, Array g, Direction by) {
    Array sum = k().binary(Binary.MUL, u.square(), by.ofSquare());
    if (by.ofGradSquare() != 0) {
      k().addInPlace(sum, k().binary(Binary.MUL, g, g), by.ofGradSquare());
    }
    Array root = k().binary(Binary.ADD, k().unary(Unary.SQRT, sum), by.eps());
    if (by.beta() != 0) {
      Array soft = k().unary(Unary.SOFTPLUS, k().binary(Binary.MUL, root, by.beta()));
      root = k().binary(Binary.DIV, soft, by.beta());
    }
    Array top = k().binary(Binary.MUL, g, by.ofGrad());
    if (u.mean() != null) {
      k().addInPlace(top, u.mean(), by.ofMean());
    }
    return k().binary(Binary.DIV, top, root);
  }

  private static void average(Array avg, Array x, double mom, double damp) {
    k().scaleInPlace(avg, mom);
    k().addInPlace(avg, x, damp);
  }

  /** Shrinks the parameter and returns the regularised gradient. */
  private static Array gradient(Update u, double shrink, double l2) {
    if (shrink != 1) {
      k().scaleInPlace(u.param(), shrink);
    }
    return l2 == 0
        ? u.grad()
        : k().binary(Binary.ADD, u.grad(), k().binary(Binary.MUL, u.param(), l2));
  }

  private static boolean isAdam(Update u, Adaptive by) {
    Averages a = by.averages();
    Direction d = by.direction();
    return u.mean() != null
        && a.damp() == 1 - a.mom()
        && a.mom() < 1
        && d.ofGrad() == 0
        && d.ofMean() == 1
        && d.ofSquare() > 0
        && d.ofGradSquare() == 0
        && d.beta() == 0
        && by.largest() == 0;
  }

  private static void adam(Update u, Array g, Adaptive by) {
    Averages a = by.averages();
    double root = Math.sqrt(by.direction().ofSquare());
    double asFirst = (1 - a.mom()) / Math.sqrt(1 - a.sqrMom());
    Array update = Array.empty(u.param().dtype(), u.param().shape());
    ADAM.run(
        new Array[] {update, u.square(), u.mean()},
        g,
        u.square(),
        u.mean(),
        number(u.param(), by.lr() / root * asFirst),
        number(u.param(), a.mom()),
        number(u.param(), a.sqrMom()),
        number(u.param(), by.direction().eps() / root));
    SUBTRACT.run(u.param(), u.param(), update);
  }

  private static Array number(Array like, double value) {
    Array a = Array.empty(like.dtype());
    k().fill(a, value);
    return a;
  }

  @Override
  public double squares(List<Array> arrays) {
    double sum = 0;
    for (Array a : arrays) {
      try (Scope s = Scope.open()) {
        sum += squares(a);
      }
    }
    return sum;
  }

  private static double squares(Array a) {
    if (a.numel() == 0) {
      return 0;
    }
    Array flat = k().binary(Binary.MUL, a, a).reshape(-1);
    return Host.doubles(
        Backends.current().reduce().reduce(Reduction.SUM, flat, new int[] {0}, false))[0];
  }

  @Override
  public void scale(List<Array> arrays, double factor) {
    arrays.forEach(a -> k().scaleInPlace(a, factor));
  }
}
