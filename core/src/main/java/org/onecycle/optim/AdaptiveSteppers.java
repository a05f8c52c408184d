package org.onecycle.optim;

import java.util.List;
import org.onecycle.array.Array;
import org.onecycle.backend.Backends;
import org.onecycle.backend.OptimKernels;
import org.onecycle.backend.OptimKernels.Adaptive;
import org.onecycle.backend.OptimKernels.Averages;
import org.onecycle.backend.OptimKernels.Direction;
import org.onecycle.backend.OptimKernels.Rule;
import org.onecycle.backend.OptimKernels.Sgd;
import org.onecycle.backend.OptimKernels.Update;
import org.onecycle.nn.Parameter;

/** The steps of the optimisers that adapt their rates, as rules for one pass over memory. */
final class AdaptiveSteppers {
  static final String NU_1 = "nu_1";
  static final String NU_2 = "nu_2";
  static final String TRUST = "trust_coeff";

  /** Below this length of its average RAdam does not trust the squared gradients. */
  private static final double RADAM_RELIABLE = 5;

  private static final double LAMB_MAX_RATIO = 10;
  private static final String SLOW = "slow";

  private AdaptiveSteppers() {}

  /** Adam, with decoupled decay or L2 regularisation. */
  static FusedStepper adam(boolean decoupled) {
    return (p, state, group) -> {
      Direction d = new Direction(0, 1, 1 / sqrDebias(state, group), 0, group.get(Hyper.EPS), 0);
      double shrink = decoupled ? Steppers.shrink(state, group) : 1;
      double l2 = decoupled ? 0 : Steppers.l2(state, group);
      double lr = group.lr() / debias(state, group);
      return update(p, state, new Adaptive(lr, shrink, l2, dampened(group), d, 0));
    };
  }

  /** {@code p = p - lr d / (sqrt(sqr_avg) + eps)} with d the gradient or its average. */
  static FusedStepper rmsProp(boolean momentum) {
    return (p, state, group) -> {
      double eps = group.get(Hyper.EPS);
      Direction d = new Direction(momentum ? 0 : 1, momentum ? 1 : 0, 1, 0, eps, 0);
      Averages a = new Averages(group.get(Hyper.MOM), 1, group.get(Hyper.SQR_MOM));
      Rule rule = new Adaptive(group.lr(), Steppers.shrink(state, group), 0, a, d, 0);
      return new Update(
          Steppers.value(p),
          Steppers.grad(p),
          momentum ? average(state, p) : null,
          square(state, p),
          rule);
    };
  }

  /** RAdam (Liu et al., 2020), with a softplus on the denominator when beta is set. */
  static FusedStepper radam() {
    return (p, state, group) -> {
      double b2 = group.get(Hyper.SQR_MOM);
      double lr = group.lr() / debias(state, group);
      double all = 2 / (1 - b2) - 1;
      double power = Math.pow(b2, state.step());
      double r = all - 2 * state.step() * power / (1 - power);
      if (r <= RADAM_RELIABLE) {
        return update(p, state, decoupled(state, group, lr, new Direction(0, 1, 0, 0, 1, 0), 0));
      }
      double v = Math.sqrt((r - 4) * (r - 2) * all / ((all - 4) * (all - 2) * r));
      double ofSquare = 1 / sqrDebias(state, group);
      Direction d = new Direction(0, 1, ofSquare, 0, group.get(Hyper.EPS), group.get(Hyper.BETA));
      return update(p, state, decoupled(state, group, lr * v, d, 0));
    };
  }

  /** Quasi-hyperbolic Adam (Ma and Yarats, 2019). */
  static FusedStepper qhAdam() {
    return (p, state, group) -> {
      double nu1 = group.get(NU_1);
      double nu2 = group.get(NU_2);
      Direction d =
          new Direction(
              1 - nu1,
              nu1 / debias(state, group),
              nu2 / sqrDebias(state, group),
              1 - nu2,
              group.get(Hyper.EPS),
              0);
      return update(p, state, decoupled(state, group, group.lr(), d, 0));
    };
  }

  /** LAMB (You et al., 2020): Adam's direction, scaled to the parameter's size. */
  static FusedStepper lamb() {
    return (p, state, group) -> {
      double ofMean = 1 / debias(state, group);
      double ofSquare = 1 / sqrDebias(state, group);
      Direction d = new Direction(0, ofMean, ofSquare, 0, group.get(Hyper.EPS), 0);
      return update(p, state, decoupled(state, group, group.lr(), d, LAMB_MAX_RATIO));
    };
  }

  /**
   * LARS (You et al., 2017) with momentum: a rate for each parameter by its size and its
   * gradient's.
   *
   * @param clip whether the rate is at most the group's (LARC)
   */
  static FusedStepper larc(boolean clip) {
    return (p, state, group) -> {
      double shrink = Steppers.shrink(state, group);
      double size = Math.abs(shrink) * norm(Steppers.value(p));
      double steepness = norm(Steppers.grad(p));
      double local =
          group.lr()
              * group.get(TRUST)
              * size
              / (steepness + group.get(Hyper.WD) * size + group.get(Hyper.EPS));
      double lr = clip ? Math.min(local, group.lr()) : local;
      Rule rule = new Sgd(lr, group.get(Hyper.MOM), shrink, 0);
      return new Update(Steppers.value(p), Steppers.grad(p), average(state, p), null, rule);
    };
  }

  /** Remembers where the parameter was before the first step. */
  static FusedStepper remember() {
    return (p, state, group) -> {
      state.copyOf(SLOW, p);
      return null;
    };
  }

  /** Lookahead (Zhang et al., 2019): every k steps goes back part of the way. */
  static FusedStepper lookahead(int k, double alpha) {
    return (p, state, group) ->
        state.step() % k != 0
            ? null
            : new Update(
                Steppers.value(p),
                null,
                state.copyOf(SLOW, p).value(),
                null,
                new OptimKernels.Lookahead(alpha));
  }

  private static Rule decoupled(
      ParamState state, ParamGroup group, double lr, Direction d, double largest) {
    return new Adaptive(lr, Steppers.shrink(state, group), 0, dampened(group), d, largest);
  }

  private static Averages dampened(ParamGroup group) {
    double mom = group.get(Hyper.MOM);
    return new Averages(mom, 1 - mom, group.get(Hyper.SQR_MOM));
  }

  private static Update update(Parameter p, ParamState state, Rule rule) {
    return new Update(
        Steppers.value(p), Steppers.grad(p), average(state, p), square(state, p), rule);
  }

  private static Array average(ParamState state, Parameter p) {
    return state.zeros(Steppers.GRAD_AVG, p).value();
  }

  private static Array square(ParamState state, Parameter p) {
    return state.zeros(Steppers.SQR_AVG, p).value();
  }

  private static double debias(ParamState state, ParamGroup group) {
    return 1 - Math.pow(group.get(Hyper.MOM), state.step());
  }

  private static double sqrDebias(ParamState state, ParamGroup group) {
    return 1 - Math.pow(group.get(Hyper.SQR_MOM), state.step());
  }

  private static double norm(Array x) {
    return Math.sqrt(Backends.current().optim().squares(List.of(x)));
  }
}
