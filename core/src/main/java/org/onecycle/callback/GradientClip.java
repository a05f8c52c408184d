package org.onecycle.callback;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.array.Array;
import org.onecycle.backend.Backends;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.nn.Parameter;

/** Scales all gradients so that their common L2 norm is at most a limit. */
public final class GradientClip extends Callback {
  private static final int ORDER = 11;
  private static final double EPS = 1e-6;

  private final double maxNorm;
  private double norm = Double.NaN;

  /** Makes a callback with the limit 1. */
  public GradientClip() {
    this(1);
  }

  /** Makes a callback with a limit. */
  public GradientClip(double maxNorm) {
    if (!(maxNorm > 0)) {
      throw new IllegalArgumentException("maxNorm expects more than 0, got " + maxNorm);
    }
    this.maxNorm = maxNorm;
  }

  @Override
  public int order() {
    return ORDER;
  }

  /** Returns the norm of the last batch's gradients before they were clipped. */
  public double norm() {
    return norm;
  }

  @Override
  public void beforeStep(Learner learn) {
    List<Array> grads = new ArrayList<>();
    for (Parameter p : learn.model().parameters()) {
      if (p.grad() != null) {
        grads.add(p.grad().value());
      }
    }
    norm = Math.sqrt(Backends.current().optim().squares(grads));
    double factor = maxNorm / (norm + EPS);
    if (factor < 1) {
      Backends.current().optim().scale(grads, factor);
    }
  }
}
