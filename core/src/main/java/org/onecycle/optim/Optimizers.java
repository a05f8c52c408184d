package org.onecycle.optim;

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
    return (groups, lr) ->
        new Optimizer(
            groups,
            List.of(Steppers.fusedSgd(mom != 0, decoupled)),
            hypers(lr, Hyper.MOM, mom, Hyper.WD, wd));
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
    return (groups, lr) ->
        new Optimizer(
            groups,
            List.of(Steppers.fusedAdam(decoupled)),
            hypers(lr, Hyper.MOM, mom, Hyper.SQR_MOM, sqrMom, Hyper.EPS, eps, Hyper.WD, wd));
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
