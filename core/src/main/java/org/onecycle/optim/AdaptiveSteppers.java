package org.onecycle.optim;

import org.onecycle.backend.Unary;
import org.onecycle.nn.Parameter;
import org.onecycle.tensor.Tensor;

/** The steps of the less common optimisers, written with tensor operations. */
final class AdaptiveSteppers {
  static final String NU_1 = "nu_1";
  static final String NU_2 = "nu_2";
  static final String TRUST = "trust_coeff";

  /** Below this length of its average RAdam does not trust the squared gradients. */
  private static final double RADAM_RELIABLE = 5;

  private static final double LAMB_MAX_RATIO = 10;
  private static final String SLOW = "slow";

  private AdaptiveSteppers() {}

  /** {@code p = p - lr d / (sqrt(sqr_avg) + eps)} with d the gradient or its average. */
  static Stepper rmsPropStep(boolean momentum) {
    return (p, state, group) -> {
      Tensor d = momentum ? average(state, p) : p.grad();
      Tensor root = square(state, p).sqrt().add(group.get(Hyper.EPS));
      descend(p, d.div(root), group.lr());
    };
  }

  /** RAdam (Liu et al., 2020), with a softplus on the denominator when beta is set. */
  static Stepper radamStep() {
    return (p, state, group) -> {
      double b2 = group.get(Hyper.SQR_MOM);
      double lr = group.lr() / debias(group.get(Hyper.MOM), state);
      double all = 2 / (1 - b2) - 1;
      double power = Math.pow(b2, state.step());
      double r = all - 2 * state.step() * power / (1 - power);
      if (r <= RADAM_RELIABLE) {
        descend(p, average(state, p), lr);
        return;
      }
      double v = Math.sqrt((r - 4) * (r - 2) * all / ((all - 4) * (all - 2) * r));
      Tensor root = root(state, p, group);
      double beta = group.get(Hyper.BETA);
      descend(p, average(state, p).div(beta == 0 ? root : softplus(root, beta)), lr * v);
    };
  }

  private static Tensor softplus(Tensor x, double beta) {
    return x.mul(beta).apply(Unary.SOFTPLUS).div(beta);
  }

  /** Quasi-hyperbolic Adam (Ma and Yarats, 2019). */
  static Stepper qhAdamStep() {
    return (p, state, group) -> {
      double nu1 = group.get(NU_1);
      double nu2 = group.get(NU_2);
      Tensor g = p.grad();
      Tensor mean = average(state, p).mul(nu1 / debias(group.get(Hyper.MOM), state));
      Tensor squares = square(state, p).mul(nu2 / debias(group.get(Hyper.SQR_MOM), state));
      Tensor root = g.square().mul(1 - nu2).add(squares).sqrt().add(group.get(Hyper.EPS));
      descend(p, g.mul(1 - nu1).add(mean).div(root), group.lr());
    };
  }

  /** LAMB (You et al., 2020): Adam's direction, scaled to the parameter's size. */
  static Stepper lambStep() {
    return (p, state, group) -> {
      Tensor mean = average(state, p).div(debias(group.get(Hyper.MOM), state));
      Tensor direction = mean.div(root(state, p, group));
      double size = rms(p.tensor());
      double length = rms(direction);
      double q = size == 0 || length == 0 ? 1 : Math.min(size / length, LAMB_MAX_RATIO);
      descend(p, direction, group.lr() * q);
    };
  }

  /**
   * LARS (You et al., 2017): a rate for each parameter by its size and its gradient's.
   *
   * @param clip whether the rate is at most the group's (LARC)
   */
  static Stepper larcStep(boolean momentum, boolean clip) {
    return (p, state, group) -> {
      double size = norm(p.tensor());
      double steepness = norm(p.grad());
      double local =
          group.lr()
              * group.get(TRUST)
              * size
              / (steepness + group.get(Hyper.WD) * size + group.get(Hyper.EPS));
      double lr = clip ? Math.min(local, group.lr()) : local;
      descend(p, momentum ? average(state, p) : p.grad(), lr);
    };
  }

  /** Remembers where the parameter was before the first step. */
  static Stepper remember() {
    return (p, state, group) -> state.copyOf(SLOW, p);
  }

  /** Lookahead (Zhang et al., 2019): every k steps goes back part of the way. */
  static Stepper lookahead(int k, double alpha) {
    return (p, state, group) -> {
      if (state.step() % k == 0) {
        Tensor slow = state.copyOf(SLOW, p);
        Tensor between = slow.add(p.tensor().sub(slow).mul(alpha));
        p.assign(between);
        Steppers.kernels().copy(between.value(), slow.value());
      }
    };
  }

  private static void descend(Parameter p, Tensor direction, double lr) {
    Steppers.kernels().addInPlace(Steppers.value(p), direction.value(), -lr);
  }

  private static Tensor average(ParamState state, Parameter p) {
    return state.zeros(Steppers.GRAD_AVG, p);
  }

  private static Tensor square(ParamState state, Parameter p) {
    return state.zeros(Steppers.SQR_AVG, p);
  }

  private static Tensor root(ParamState state, Parameter p, ParamGroup group) {
    double debias = debias(group.get(Hyper.SQR_MOM), state);
    return square(state, p).div(debias).sqrt().add(group.get(Hyper.EPS));
  }

  private static double debias(double mom, ParamState state) {
    return 1 - Math.pow(mom, state.step());
  }

  private static double rms(Tensor x) {
    return Math.sqrt(x.square().mean().item());
  }

  private static double norm(Tensor x) {
    return Math.sqrt(x.square().sum().item());
  }
}
