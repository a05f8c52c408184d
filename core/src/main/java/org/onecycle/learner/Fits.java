package org.onecycle.learner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.onecycle.nn.NormLayers;
import org.onecycle.nn.Parameter;
import org.onecycle.optim.Hyper;
import org.onecycle.optim.Lr;
import org.onecycle.optim.Optimizer;
import org.onecycle.optim.Schedule;

/** The learner's ways to train, and the optimiser that stays from one to the next. */
final class Fits {
  private final Learner learn;
  private final LearnerOptions options;
  private final Loop loop;
  private Optimizer opt;

  Fits(Learner learn, LearnerOptions options, Loop loop) {
    this.learn = learn;
    this.options = options;
    this.loop = loop;
  }

  Optimizer opt() {
    if (opt == null) {
      opt = createOpt();
    }
    return opt;
  }

  Optimizer optOrNull() {
    return opt;
  }

  void forgetOpt() {
    opt = null;
  }

  private Optimizer createOpt() {
    List<List<Parameter>> groups = options.groups().get();
    Optimizer made = options.optFunc().create(groups, 0);
    made.setLr(options.lr());
    // A parameter that the splitter left out, or that was frozen before, is not the optimiser's.
    Set<Parameter> own = new HashSet<>(made.parameters());
    if (!options.wdBnBias()) {
      NormLayers.normBiasParameters(learn.model(), true).stream()
          .filter(own::contains)
          .forEach(p -> made.state(p).doWd(false));
    }
    if (options.trainBn()) {
      NormLayers.normParameters(learn.model()).stream()
          .filter(own::contains)
          .forEach(p -> made.state(p).forceTrain(true));
    }
    return made;
  }

  List<EpochRecord> fit(int nEpoch, Lr lr, FitOptions how) {
    if (nEpoch < 0) {
      throw new IllegalArgumentException("nEpoch expects 0 or more, got " + nEpoch);
    }
    if (how.resetOpt()) {
      opt = null;
    }
    Double wd = how.wd() == null ? options.wd() : how.wd();
    if (wd != null) {
      opt().setHyper(Hyper.WD, wd);
    }
    opt().setLr(lr);
    try (Undo added = learn.addedCbs(how.cbs())) {
      loop.fit(nEpoch, how.startEpoch());
    }
    return learn.recorder().history();
  }

  List<EpochRecord> oneCycle(int nEpoch, Lr lrMax, OneCycle form, FitOptions how) {
    Momentums moms =
        opt().hasHyper(Hyper.MOM) ? form.moms() == null ? options.moms() : form.moms() : null;
    return scheduled(nEpoch, lrMax, FitSchedules.oneCycle(expand(lrMax), form, moms), how);
  }

  List<EpochRecord> flatCos(int nEpoch, Lr lr, double pctStart, FitOptions how) {
    return scheduled(nEpoch, lr, FitSchedules.flatCos(expand(lr), pctStart), how);
  }

  List<EpochRecord> sgdr(int nCycles, int cycleLen, Lr lr, int cycleMult) {
    int[] epochs = FitSchedules.cycles(nCycles, cycleLen, cycleMult);
    Map<String, Schedule> schedules = FitSchedules.sgdr(expand(lr), epochs);
    return scheduled(Arrays.stream(epochs).sum(), lr, schedules, FitOptions.DEFAULT);
  }

  List<EpochRecord> fineTune(int epochs, FineTune form) {
    learn.freeze();
    OneCycle frozen = OneCycle.DEFAULT.withPctStart(FineTune.FROZEN_PCT_START);
    Lr first = Lr.slice(form.baseLr());
    List<EpochRecord> history =
        new ArrayList<>(oneCycle(form.freezeEpochs(), first, frozen, FitOptions.DEFAULT));
    learn.unfreeze();
    double lr = form.baseLr() / 2;
    OneCycle whole = OneCycle.DEFAULT.withPctStart(form.pctStart()).withDiv(form.div());
    history.addAll(oneCycle(epochs, Lr.slice(lr / form.lrMult(), lr), whole, FitOptions.DEFAULT));
    return new History(history);
  }

  /** Trains for a search, which sets the rates itself. */
  void search(int epochs) {
    if (options.wd() != null) {
      opt().setHyper(Hyper.WD, options.wd());
    }
    loop.fit(epochs, 0);
  }

  private double[] expand(Lr lr) {
    return lr.expand(opt().groups().size());
  }

  private List<EpochRecord> scheduled(
      int nEpoch, Lr lr, Map<String, Schedule> schedules, FitOptions how) {
    List<Callback> cbs = new ArrayList<>(List.of(new ParamScheduler(schedules)));
    cbs.addAll(how.cbs());
    return fit(nEpoch, lr, how.withCbs(cbs.toArray(new Callback[0])));
  }
}
