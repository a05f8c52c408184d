package org.onecycle.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onecycle.nn.Module;
import org.onecycle.nn.Parameter;

/** The known optimisers, with fastai's defaults, as factories for a Learner. */
public final class Optimizers {
  private Optimizers() {}

  /** Plain gradient descent, without momentum and decay. */
  public static OptimizerFactory sgd() {
    return sgd(0, 0);
  }

  /** Gradient descent with momentum (not dampened) and decoupled weight decay. */
  public static OptimizerFactory sgd(double mom, double wd) {
    return sgd(mom, wd, true);
  }

  /**
   * Gradient descent: {@code avg = mom avg + g; p = p - lr avg}.
   *
   * @param mom the first momentum; 0 for none, whatever a schedule says later
   * @param decoupled whether decay shrinks the parameter; else it is added to the gradient
   */
  public static OptimizerFactory sgd(double mom, double wd, boolean decoupled) {
    return factory(List.of(Steppers.fusedSgd(mom != 0, decoupled)), Hyper.MOM, mom, Hyper.WD, wd);
  }

  /** Adam as fastai sets it: mom .9, sqr_mom .99, eps 1e-5, decoupled weight decay .01. */
  public static OptimizerFactory adam() {
    return adam(.9, .99, 1e-5, .01);
  }

  /** Adam with decoupled weight decay. */
  public static OptimizerFactory adam(double mom, double sqrMom, double eps, double wd) {
    return adam(mom, sqrMom, eps, wd, true);
  }

  /**
   * Adam (Kingma and Ba, 2015; with decoupled decay Loshchilov and Hutter, 2019). Averages are
   * debiased with the momentum of the step at hand, which a schedule may change.
   *
   * @param decoupled whether decay shrinks the parameter; else it is added to the gradient
   */
  public static OptimizerFactory adam(
      double mom, double sqrMom, double eps, double wd, boolean decoupled) {
    return factory(
        List.of(AdaptiveSteppers.adam(decoupled)),
        Hyper.MOM,
        mom,
        Hyper.SQR_MOM,
        sqrMom,
        Hyper.EPS,
        eps,
        Hyper.WD,
        wd);
  }

  /** RMSProp without momentum and decay: sqr_mom .99, eps 1e-8. */
  public static OptimizerFactory rmsProp() {
    return rmsProp(.99, 0, 1e-8, 0);
  }

  /** RMSProp (Tieleman and Hinton, 2012) with decoupled weight decay. */
  public static OptimizerFactory rmsProp(double sqrMom, double mom, double eps, double wd) {
    return factory(
        List.of(AdaptiveSteppers.rmsProp(mom != 0)),
        Hyper.MOM,
        mom,
        Hyper.SQR_MOM,
        sqrMom,
        Hyper.EPS,
        eps,
        Hyper.WD,
        wd);
  }

  /** RAdam as fastai sets it: mom .9, sqr_mom .99, eps 1e-5, no decay. */
  public static OptimizerFactory radam() {
    return radam(.9, .99, 1e-5, 0, 0);
  }

  /**
   * RAdam (Liu et al., 2020) with decoupled weight decay.
   *
   * @param beta the sharpness of a softplus on the denominator; 0 for none
   */
  public static OptimizerFactory radam(
      double mom, double sqrMom, double eps, double wd, double beta) {
    return factory(
        List.of(AdaptiveSteppers.radam()),
        Hyper.MOM,
        mom,
        Hyper.SQR_MOM,
        sqrMom,
        Hyper.EPS,
        eps,
        Hyper.WD,
        wd,
        Hyper.BETA,
        beta);
  }

  /** Quasi-hyperbolic Adam: averages .999, mixed with the gradient by .7 and 1; eps 1e-8. */
  public static OptimizerFactory qhAdam() {
    return factory(
        List.of(AdaptiveSteppers.qhAdam()),
        Hyper.MOM,
        .999,
        Hyper.SQR_MOM,
        .999,
        Hyper.EPS,
        1e-8,
        Hyper.WD,
        0.0,
        AdaptiveSteppers.NU_1,
        .7,
        AdaptiveSteppers.NU_2,
        1.0);
  }

  /** LAMB: mom .9, sqr_mom .99, eps 1e-5. */
  public static OptimizerFactory lamb(double wd) {
    return factory(
        List.of(AdaptiveSteppers.lamb()),
        Hyper.MOM,
        .9,
        Hyper.SQR_MOM,
        .99,
        Hyper.EPS,
        1e-5,
        Hyper.WD,
        wd);
  }

  /** LARS with trust .02 and momentum .9, its rate clipped at the group's. */
  public static OptimizerFactory larc(double wd) {
    return larc(wd, true);
  }

  /** LARS with trust .02 and momentum .9. */
  public static OptimizerFactory lars(double wd) {
    return larc(wd, false);
  }

  private static OptimizerFactory larc(double wd, boolean clip) {
    return factory(
        List.of(AdaptiveSteppers.larc(clip)),
        Hyper.MOM,
        .9,
        AdaptiveSteppers.TRUST,
        .02,
        Hyper.EPS,
        1e-8,
        Hyper.WD,
        wd);
  }

  /** Lookahead over another optimiser: every 6 steps half of the way back. */
  public static OptimizerFactory lookahead(OptimizerFactory inner) {
    return lookahead(inner, 6, .5);
  }

  /**
   * Lookahead (Zhang et al., 2019) over another optimiser: {@code slow = slow + alpha (p - slow); p
   * = slow} every k steps.
   *
   * @throws IllegalArgumentException if k is not positive
   */
  public static OptimizerFactory lookahead(OptimizerFactory inner, int k, double alpha) {
    if (k < 1) {
      throw new IllegalArgumentException("lookahead expects k of at least 1, got " + k);
    }
    return (groups, lr) -> {
      Optimizer fast = inner.create(groups, lr);
      List<Stepper> steps = new ArrayList<>(List.of(AdaptiveSteppers.remember()));
      steps.addAll(fast.steppers());
      steps.add(AdaptiveSteppers.lookahead(k, alpha));
      return new Optimizer(groups, steps, fast.groups().get(0).hypers());
    };
  }

  /** Lookahead over RAdam: mom .95, sqr_mom .99, eps 1e-6, decay .01. */
  public static OptimizerFactory ranger() {
    return lookahead(radam(.95, .99, 1e-6, .01, 0));
  }

  private static OptimizerFactory factory(List<Stepper> steppers, Object... namesAndValues) {
    return (groups, lr) -> new Optimizer(groups, steppers, hypers(lr, namesAndValues));
  }

  /** Returns the parameters of a module that are not frozen. */
  public static List<Parameter> trainableParams(Module module) {
    return module.parameters().stream().filter(Parameter::requiresGrad).toList();
  }

  private static Map<String, Double> hypers(double lr, Object... namesAndValues) {
    Map<String, Double> out = new LinkedHashMap<>();
    out.put(Hyper.LR, lr);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      out.put((String) namesAndValues[i], (Double) namesAndValues[i + 1]);
    }
    return out;
  }
}
