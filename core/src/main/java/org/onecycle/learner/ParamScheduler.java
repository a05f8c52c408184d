package org.onecycle.learner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onecycle.optim.Schedule;

/** Sets hyper-parameters before each training batch, by the share of training that is done. */
public final class ParamScheduler extends Callback {
  private static final int ORDER = 60;

  private final Map<String, Schedule> schedules;
  private final Map<String, List<double[]>> values = new LinkedHashMap<>();

  /** Makes a scheduler of the named hyper-parameters. */
  public ParamScheduler(Map<String, Schedule> schedules) {
    this.schedules = new LinkedHashMap<>(schedules);
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public boolean runValid() {
    return false;
  }

  /** Returns whether this scheduler sets a hyper-parameter. */
  public boolean sets(String name) {
    return schedules.containsKey(name);
  }

  /** Returns the values a hyper-parameter had in the last fit: a batch each, one a group. */
  public List<double[]> values(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }

  @Override
  public void beforeFit(Learner learn) {
    values.clear();
    schedules.keySet().forEach(n -> values.put(n, new ArrayList<>()));
  }

  @Override
  public void beforeBatch(Learner learn) {
    schedules.forEach((n, s) -> learn.opt().setHyper(n, s.at(learn.state().pctTrain())));
  }

  @Override
  public void afterBatch(Learner learn) {
    values.forEach((n, all) -> all.add(learn.opt().hyper(n)));
  }
}
