package org.onecycle.optim;

import org.onecycle.array.Array;
import org.onecycle.backend.Backends;
import org.onecycle.backend.ElementwiseKernels;
import org.onecycle.backend.OptimKernels;
import org.onecycle.nn.Parameter;

/** The parts that steps are made of, for the optimisers here and for new ones. */
public final class Steppers {
  static final String GRAD_AVG = "grad_avg";
  static final String SQR_AVG = "sqr_avg";

  private Steppers() {}

  /** Decoupled weight decay: {@code p = p (1 - lr wd)}, where the parameter decays. */
  public static Stepper weightDecay() {
    return (p, state, group) -> {
      double shrink = shrink(state, group);
      if (shrink != 1) {
        kernels().scaleInPlace(value(p), shrink);
      }
    };
  }

  /** L2 regularisation: {@code g = g + wd p}, where the parameter decays. */
  public static Stepper l2Reg() {
    return (p, state, group) -> {
      double l2 = l2(state, group);
      if (l2 != 0) {
        kernels().addInPlace(grad(p), value(p), l2);
      }
    };
  }

  /**
   * Keeps {@code grad_avg = mom grad_avg + damp g}.
   *
   * @param dampening whether {@code damp} is {@code 1 - mom}; else it is 1
   */
  public static Stepper averageGrad(boolean dampening) {
    return (p, state, group) -> {
      double mom = group.get(Hyper.MOM);
      Array avg = state.zeros(GRAD_AVG, p).value();
      kernels().scaleInPlace(avg, mom);
      kernels().addInPlace(avg, grad(p), dampening ? 1 - mom : 1);
    };
  }

  /**
   * Keeps {@code sqr_avg = sqr_mom sqr_avg + damp g^2}.
   *
   * @param dampening whether {@code damp} is {@code 1 - sqr_mom}; else it is 1
   */
  public static Stepper averageSqrGrad(boolean dampening) {
    return (p, state, group) -> {
      double mom = group.get(Hyper.SQR_MOM);
      Array avg = state.zeros(SQR_AVG, p).value();
      kernels().scaleInPlace(avg, mom);
      kernels().addInPlace(avg, p.grad().square().value(), dampening ? 1 - mom : 1);
    };
  }

  /** Gradient descent: {@code p = p - lr g}. */
  public static Stepper sgdStep() {
    return (p, state, group) -> kernels().addInPlace(value(p), grad(p), -group.lr());
  }

  /** Descent along the average: {@code p = p - lr grad_avg}. */
  public static Stepper momentumStep() {
    return (p, state, group) ->
        kernels().addInPlace(value(p), state.zeros(GRAD_AVG, p).value(), -group.lr());
  }

  /** Decay, average and descent in one pass over memory. */
  static FusedStepper fusedSgd(boolean momentum, boolean decoupled) {
    return (p, state, group) ->
        new OptimKernels.Update(
            value(p),
            grad(p),
            momentum ? state.zeros(GRAD_AVG, p).value() : null,
            null,
            new OptimKernels.Sgd(
                group.lr(),
                group.get(Hyper.MOM),
                decoupled ? shrink(state, group) : 1,
                decoupled ? 0 : l2(state, group)));
  }

  static double shrink(ParamState state, ParamGroup group) {
    return state.doWd() ? 1 - group.lr() * group.get(Hyper.WD) : 1;
  }

  static double l2(ParamState state, ParamGroup group) {
    return state.doWd() ? group.get(Hyper.WD) : 0;
  }

  static Array value(Parameter p) {
    return p.tensor().value();
  }

  static Array grad(Parameter p) {
    return p.grad().value();
  }

  static ElementwiseKernels kernels() {
    return Backends.current().elementwise();
  }
}
