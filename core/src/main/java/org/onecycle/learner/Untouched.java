package org.onecycle.learner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.onecycle.array.Scope;
import org.onecycle.data.DataLoader;
import org.onecycle.nn.Module;
import org.onecycle.nn.Stochastic;
import org.onecycle.optim.Optimizer;
import org.onecycle.optim.OptimizerState;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

/**
 * Remembers everything that training changes: weights, running statistics, modes, random
 * generators, the optimiser, the loader, the learner's records; and puts it back.
 */
final class Untouched {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  private Untouched() {}

  static Undo of(Learner learn) {
    Untouched u = new Untouched();
    u.model(learn.model());
    u.generators(learn);
    u.optimiser(learn);
    u.loader(learn.dls().train());
    u.loader(learn.dls().valid());
    u.records(learn);
    return () -> u.steps.forEach(Runnable::run);
  }

  private void model(Module model) {
    Map<Tensor, Tensor> values = new LinkedHashMap<>();
    model.stateDict().values().forEach(t -> values.put(t, copy(t)));
    Map<Module, Boolean> modes = new LinkedHashMap<>();
    model.namedModules().values().forEach(m -> modes.put(m, m.isTraining()));
    Map<String, Tensor> state = new LinkedHashMap<>();
    model.stateDict().forEach((name, t) -> state.put(name, values.get(t)));
    steps.add(() -> model.loadStateDict(state));
    steps.add(() -> model.parameters().forEach(p -> p.zeroGrad()));
    // Parents come before their children, so each ends with its own mode.
    steps.add(() -> modes.forEach(Module::train));
    steps.add(() -> values.values().forEach(t -> t.value().release()));
  }

  private static Tensor copy(Tensor t) {
    try (Scope out = Scope.outside()) {
      return t.detach().copy();
    }
  }

  /** A generator cannot be wound back, so others draw in the meantime. */
  private void generators(Learner learn) {
    long place = 0;
    for (Object o :
        Stream.concat(learn.model().namedModules().values().stream(), learn.cbs().stream())
            .toList()) {
      if (o instanceof Stochastic s) {
        Rng own = s.rng();
        s.rng(Rng.of(own.seed(), place++));
        steps.add(() -> s.rng(own));
      }
    }
  }

  private void optimiser(Learner learn) {
    Optimizer opt = learn.fits().optOrNull();
    if (opt == null) {
      steps.add(learn.fits()::forgetOpt);
      return;
    }
    OptimizerState state = opt.stateDict();
    steps.add(() -> opt.loadStateDict(state));
  }

  private void loader(DataLoader loader) {
    long state = loader.state();
    steps.add(() -> loader.restore(state));
  }

  private void records(Learner learn) {
    TrainingState before = new TrainingState();
    before.restore(learn.state());
    Undo records = learn.recorder().remember();
    learn.state().searching(true);
    steps.add(
        () -> {
          learn.state().restore(before);
          learn.state().searching(false);
          records.close();
        });
  }
}
