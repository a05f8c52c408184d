package org.onecycle.bench.libtorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.List;
import org.onecycle.bench.work.Pace;
import org.onecycle.bench.work.Work;

/** A plain training loop on one batch, with DJL's Adam. */
final class Training implements Work {
  private static final float LR = 1e-3f;

  private final Engine engine;
  private final NDManager manager;
  private final List<NDArray> trained;
  private final int items;
  private final Loss loss;

  /** Computes a step's loss from arrays of its manager. */
  @FunctionalInterface
  interface Loss {
    NDArray of(NDManager step);
  }

  Training(Engine engine, Params params, long items, Loss loss) {
    this.engine = engine;
    this.manager = params.manager();
    this.trained = params.trained();
    this.items = (int) items;
    this.loss = loss;
  }

  /** Returns an array of a step with the same memory. */
  static NDArray in(NDManager step, NDArray array) {
    NDArray view = array.stopGradient();
    view.attach(step);
    return view;
  }

  @Override
  public int items() {
    return items;
  }

  @Override
  public void run(Pace pace) {
    Optimizer adam =
        Optimizer.adam()
            .optLearningRateTracker(Tracker.fixed(LR))
            .optBeta1(.9f)
            .optBeta2(.99f)
            .optEpsilon(1e-5f)
            .build();
    double value;
    do {
      try (NDManager step = manager.newSubManager()) {
        NDArray l;
        try (GradientCollector gradients = engine.newGradientCollector()) {
          l = loss.of(step);
          gradients.backward(l);
        }
        for (int i = 0; i < trained.size(); i++) {
          NDArray weight = trained.get(i);
          try (NDArray gradient = weight.getGradient()) {
            adam.update(Integer.toString(i), weight, gradient);
          }
        }
        value = l.getFloat();
      }
    } while (pace.next(value));
  }
}
