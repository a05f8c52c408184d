package org.onecycle.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;
import org.onecycle.array.Scope;
import org.onecycle.backend.Backends;
import org.onecycle.backend.OptimKernels;
import org.onecycle.nn.Parameter;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/**
 * Changes parameters by their gradients: a list of {@link Stepper}s over groups of parameters.
 *
 * <pre>{@code
 * Optimizer opt = Optimizers.adam().create(List.of(model.parameters()), 1e-3);
 * loss.backward();
 * opt.step();
 * opt.zeroGrad();
 * }</pre>
 *
 * <p>Parameters without a gradient are left alone. State is made when it is first needed and lives
 * outside of scopes.
 */
public final class Optimizer {
  private final List<ParamGroup> groups;
  private final List<Stepper> steppers;
  private final Map<Parameter, ParamState> states = new IdentityHashMap<>();
  private int frozenTo;

  /**
   * Makes an optimiser.
   *
   * @param groups the parameters by group, lowest layers first
   * @param steppers the parts of a step, in order
   * @param hypers the hyper-parameters and their first values, the same in every group
   * @throws IllegalArgumentException if there is no group or a parameter stands in two places
   */
  public Optimizer(
      List<List<Parameter>> groups, List<Stepper> steppers, Map<String, Double> hypers) {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("An optimiser expects at least one parameter group");
    }
    this.groups = groups.stream().map(g -> new ParamGroup(g, hypers)).toList();
    this.steppers = List.copyOf(steppers);
    for (Parameter p : parameters()) {
      if (states.put(p, new ParamState()) != null) {
        throw new IllegalArgumentException(p + " is given to the optimiser twice");
      }
    }
  }

  // ---- groups and hyper-parameters

  /** Returns the groups, lowest layers first. */
  public List<ParamGroup> groups() {
    return groups;
  }

  /** Returns the parameters of all groups, in order. */
  public List<Parameter> parameters() {
    return groups.stream().flatMap(g -> g.parameters().stream()).toList();
  }

  List<Stepper> steppers() {
    return steppers;
  }

  /** Returns whether the groups have a hyper-parameter of this name. */
  public boolean hasHyper(String name) {
    return groups.get(0).hypers().containsKey(name);
  }

  /** Returns a hyper-parameter's values, one a group. */
  public double[] hyper(String name) {
    return groups.stream().mapToDouble(g -> g.get(name)).toArray();
  }

  /**
   * Sets a hyper-parameter.
   *
   * @param values one for all groups, or one a group
   * @throws IllegalArgumentException if the number of values is another, or the name unknown
   */
  public void setHyper(String name, double... values) {
    if (values.length != 1 && values.length != groups.size()) {
      throw new IllegalArgumentException(
          name
              + " expects 1 value or one for each of the "
              + groups.size()
              + " parameter groups, got "
              + values.length
              + " values");
    }
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).set(name, values[values.length == 1 ? 0 : i]);
    }
  }

  /** Sets the learning rates of all groups. */
  public void setLr(Lr lr) {
    setHyper(Hyper.LR, lr.expand(groups.size()));
  }

  /**
   * Returns what is remembered about a parameter.
   *
   * @throws IllegalArgumentException if the parameter is not one of this optimiser's
   */
  public ParamState state(Parameter p) {
    ParamState s = states.get(p);
    if (s == null) {
      throw new IllegalArgumentException(p + " is not in this optimiser");
    }
    return s;
  }

  // ---- steps

  /** Changes every parameter that has a gradient. */
  public void step() {
    try (NoGrad off = NoGrad.on()) {
      for (ParamGroup g : groups) {
        for (Parameter p : g.parameters()) {
          if (p.grad() != null) {
            ParamState state = states.get(p);
            state.step(state.step() + 1);
          }
        }
      }
      if (steppers.stream().allMatch(FusedStepper.class::isInstance)) {
        steppers.forEach(s -> stepAll((FusedStepper) s));
      } else {
        stepEach();
      }
      for (ParamGroup g : groups) {
        g.parameters().forEach(p -> p.tensor().value().changed());
      }
    }
  }

  /** One stepper after the other, each over all parameters at once. */
  private void stepAll(FusedStepper stepper) {
    List<OptimKernels.Update> updates = new ArrayList<>(states.size());
    for (ParamGroup g : groups) {
      for (Parameter p : g.parameters()) {
        if (p.grad() != null) {
          OptimKernels.Update u = stepper.update(p, states.get(p), g);
          if (u != null) {
            updates.add(u);
          }
        }
      }
    }
    Backends.current().optim().step(updates);
  }

  private void stepEach() {
    for (ParamGroup g : groups) {
      for (Parameter p : g.parameters()) {
        if (p.grad() != null) {
          try (Scope s = Scope.open()) {
            for (Stepper stepper : steppers) {
              stepper.step(p, states.get(p), g);
            }
          }
        }
      }
    }
  }

  /** Forgets all gradients. */
  public void zeroGrad() {
    parameters().forEach(Parameter::zeroGrad);
  }

  // ---- freezing

  /**
   * Freezes the groups before {@code n} and lets the others train; forgets averages and steps.
   * Parameters with {@link ParamState#forceTrain()} always train.
   *
   * @param n the first group that trains; negative counts from the end
   * @throws IllegalArgumentException if there is no such group
   */
  public void freezeTo(int n) {
    int first = n < 0 ? groups.size() + n : n;
    if (first < 0 || first > groups.size()) {
      throw new IllegalArgumentException(
          "freezeTo expects at most " + groups.size() + ", the number of groups, got " + n);
    }
    for (int i = 0; i < groups.size(); i++) {
      for (Parameter p : groups.get(i).parameters()) {
        p.requiresGrad(i >= first || state(p).forceTrain());
      }
    }
    frozenTo = first;
    clearState();
  }

  /**
   * Freezes all groups but the last.
   *
   * @throws IllegalStateException if there is only one group
   */
  public void freeze() {
    if (groups.size() == 1) {
      throw new IllegalStateException(
          "freeze() expects two or more parameter groups, got 1: give the Learner a splitter");
    }
    freezeTo(-1);
  }

  /** Lets all groups train. */
  public void unfreeze() {
    freezeTo(0);
  }

  /** Returns the number of groups that the last freezing left frozen. */
  public int frozenTo() {
    return frozenTo;
  }

  // ---- state

  /** Forgets averages and steps; keeps hyper-parameters and the parameters' flags. */
  public void clearState() {
    states.values().forEach(ParamState::clear);
  }

  /** Returns a copy of hyper-parameters and state, which lives outside of scopes. */
  public OptimizerState stateDict() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    eachParameter(
        (p, i) -> {
          ParamState s = states.get(p);
          if (s.step() > 0) {
            try (Scope out = Scope.outside()) {
              tensors.put(i + ".step", Tensor.of(new long[] {s.step()}));
            }
          }
          s.tensors().forEach((n, t) -> tensors.put(i + "." + n, ParamState.outside(t)));
        });
    return new OptimizerState(groups.stream().map(ParamGroup::hypers).toList(), tensors);
  }

  private void eachParameter(ObjLongConsumer<Parameter> action) {
    long i = 0;
    for (Parameter p : parameters()) {
      action.accept(p, i++);
    }
  }

  /**
   * Takes hyper-parameters and state from a saved state, which is copied.
   *
   * @throws IllegalArgumentException if it is of other groups or parameters; nothing has been
   *     changed then
   */
  public void loadStateDict(OptimizerState saved) {
    if (saved.hypers().size() != groups.size()) {
      throw new IllegalArgumentException(
          "The saved optimiser has "
              + saved.hypers().size()
              + " parameter groups, this one "
              + groups.size());
    }
    List<Parameter> all = parameters();
    List<ParamState> fresh = new ArrayList<>();
    all.forEach(p -> fresh.add(new ParamState()));
    saved.tensors().forEach((key, tensor) -> take(key, tensor, all, fresh));
    for (int i = 0; i < groups.size(); i++) {
      ParamGroup g = groups.get(i);
      saved.hypers().get(i).keySet().forEach(g::get);
    }
    for (int i = 0; i < groups.size(); i++) {
      saved.hypers().get(i).forEach(groups.get(i)::set);
    }
    for (int i = 0; i < fresh.size(); i++) {
      ParamState s = fresh.get(i);
      ParamState old = states.put(all.get(i), s);
      s.doWd(old.doWd());
      s.forceTrain(old.forceTrain());
    }
  }

  private static void take(String key, Tensor tensor, List<Parameter> all, List<ParamState> fresh) {
    int dot = key.indexOf('.');
    int i =
        dot > 0 && key.substring(0, dot).matches("\\d{1,9}")
            ? Integer.parseInt(key.substring(0, dot))
            : -1;
    if (i < 0 || i >= all.size()) {
      throw new IllegalArgumentException(
          "The saved optimiser's " + key + " is of no parameter here: there are " + all.size());
    }
    String name = key.substring(dot + 1);
    if (name.equals("step")) {
      fresh.get(i).step(tensor.toLongs()[0]);
      return;
    }
    Parameter p = all.get(i);
    if (!Arrays.equals(tensor.shape(), p.shape())) {
      throw new IllegalArgumentException(
          "The saved optimiser's "
              + key
              + " expects "
              + Arrays.toString(p.shape())
              + ", got "
              + Arrays.toString(tensor.shape()));
    }
    try (Scope s = Scope.open()) {
      fresh.get(i).put(name, ParamState.outside(tensor.to(p.tensor().dtype())));
    }
  }

  @Override
  public String toString() {
    return groups.stream().map(g -> "\n  " + g).collect(Collectors.joining("", "Optimizer", ""));
  }
}
