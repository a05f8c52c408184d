package org.onecycle.vision.learner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.onecycle.nn.AdaptiveAvgPool2d;
import org.onecycle.nn.AdaptiveConcatPool2d;
import org.onecycle.nn.BatchNorm1d;
import org.onecycle.nn.BatchNormOptions;
import org.onecycle.nn.Dropout;
import org.onecycle.nn.Flatten;
import org.onecycle.nn.LinBnDrop;
import org.onecycle.nn.Linear;
import org.onecycle.nn.Module;
import org.onecycle.nn.ReLU;
import org.onecycle.nn.Sequential;
import org.onecycle.nn.SigmoidRange;

/** Puts a head together. */
final class Head {
  private static final double FINAL_MOMENTUM = 0.01;

  private Head() {}

  static Sequential create(int nf, int nOut, HeadOptions o) {
    List<Integer> sizes = new ArrayList<>();
    sizes.add(o.pool() && o.concatPool() ? 2 * nf : nf);
    sizes.addAll(o.linFtrs());
    sizes.add(nOut);
    int linears = sizes.size() - 1;
    List<Double> ps = dropouts(o.ps(), linears);

    List<Module> layers = new ArrayList<>();
    if (o.pool()) {
      layers.add(o.concatPool() ? new AdaptiveConcatPool2d() : new AdaptiveAvgPool2d(1));
      layers.add(new Flatten());
    }
    if (o.linFirst()) {
      layers.add(new Dropout(ps.get(0)));
    }
    // With linear layers first the last one has nothing after it, so it stands alone.
    int groups = o.linFirst() ? linears - 1 : linears;
    for (int i = 0; i < groups; i++) {
      boolean bn = i > 0 || o.firstBn();
      double p = ps.get(o.linFirst() ? i + 1 : i);
      Module act = i < linears - 1 ? new ReLU() : null;
      layers.addAll(
          new LinBnDrop(sizes.get(i), sizes.get(i + 1), bn, p, act, o.linFirst()).layers());
    }
    if (o.linFirst()) {
      layers.add(new Linear(sizes.get(linears - 1), nOut));
    }
    if (o.bnFinal()) {
      layers.add(new BatchNorm1d(nOut, BatchNormOptions.DEFAULT.momentum(FINAL_MOMENTUM)));
    }
    if (o.yRange() != null) {
      layers.add(new SigmoidRange(o.yRange().low(), o.yRange().high()));
    }
    return new Sequential(layers);
  }

  private static List<Double> dropouts(List<Double> given, int linears) {
    if (given.size() == 1) {
      List<Double> ps = new ArrayList<>(Collections.nCopies(linears - 1, given.get(0) / 2));
      ps.add(given.get(0));
      return ps;
    }
    if (given.size() != linears) {
      throw new IllegalArgumentException(
          "A head of %d linear layers expects 1 or %<d probabilities of dropout, got %s"
              .formatted(linears, given));
    }
    return given;
  }
}
