package org.onecycle.learner;

import org.onecycle.array.Scope;
import org.onecycle.data.Batch;
import org.onecycle.data.BatchIterator;
import org.onecycle.data.DataLoader;
import org.onecycle.tensor.NoGrad;
import org.onecycle.tensor.Tensor;

/** The training loop. */
final class Loop {
  private final Learner learn;
  private final TrainingState state;
  private final Callbacks callbacks;
  private final FiniteGuard guard;
  private boolean interrupted;

  Loop(Learner learn, TrainingState state, Callbacks callbacks) {
    this.learn = learn;
    this.state = state;
    this.callbacks = callbacks;
    this.guard = new FiniteGuard(learn.model());
  }

  void fit(int nEpoch, int startEpoch) {
    state.beginFit(nEpoch);
    clean(() -> within(Phase.FIT, () -> epochs(startEpoch)), true);
  }

  void validate(DataLoader loader) {
    clean(() -> validation(loader), false);
  }

  private void epochs(int startEpoch) {
    for (int epoch = startEpoch; epoch < state.nEpoch(); epoch++) {
      state.beginEpoch(epoch);
      within(Phase.EPOCH, this::epoch);
    }
  }

  private void epoch() {
    state.beginPart(learn.dls().train(), true);
    guard.remember();
    within(Phase.TRAIN, () -> batches(learn.dls().train()));
    validation(learn.dls().valid());
  }

  private void validation(DataLoader loader) {
    state.beginPart(loader, false);
    try (NoGrad off = NoGrad.on()) {
      within(Phase.VALIDATE, () -> batches(loader));
    }
  }

  private void batches(DataLoader loader) {
    try (BatchIterator batches = loader.iterator()) {
      for (int i = 0; batches.hasNext(); i++) {
        try (Scope memory = Scope.open()) {
          state.beginBatch(i, next(batches));
          within(Phase.BATCH, this::batch);
        } finally {
          state.endBatch();
        }
      }
    }
  }

  private void batch() {
    state.pred(learn.precision().call(learn.model(), state.batch().inputs()));
    callbacks.call(Event.AFTER_PRED);
    boolean labelled = state.batch().targets().length > 0;
    if (labelled) {
      state.lossGrad(loss());
      state.loss(state.lossGrad().item());
    }
    boolean sane = !state.training() || guard.check(state.loss());
    callbacks.call(Event.AFTER_LOSS);
    if (!state.training() || !labelled) {
      return;
    }
    if (!sane) {
      throw new NonFiniteLossException(state);
    }
    within(Phase.BACKWARD, () -> state.lossGrad().backwardReleasing(state.keptTensors()));
    within(Phase.STEP, learn.opt()::step);
    learn.opt().zeroGrad();
  }

  private Tensor loss() {
    Tensor[] targets = state.batch().targets();
    if (targets.length != 1) {
      throw new IllegalArgumentException("A loss expects one target, got " + targets.length);
    }
    return learn.lossFunc().forward(state.pred(), targets[0]);
  }

  /** Runs a part with its events; a cancelled part still has its last one. */
  private void within(Phase phase, Runnable body) {
    try {
      callbacks.call(phase.before);
      body.run();
    } catch (CancelException e) {
      if (e.phase() != phase) {
        throw e;
      }
      callbacks.call(phase.afterCancel);
    }
    callbacks.call(phase.after);
  }

  private Batch next(BatchIterator batches) {
    if (Thread.interrupted()) {
      throw interrupt();
    }
    try {
      return batches.next();
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.interrupted();
        throw interrupt();
      }
      throw e;
    }
  }

  /** An interrupt ends the fit like a callback would; the flag is restored at the very end. */
  private CancelException interrupt() {
    interrupted = true;
    return Phase.FIT.cancel();
  }

  private void clean(Runnable work, boolean fit) {
    Throwable thrown = null;
    interrupted = false;
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      thrown = e;
      throw e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      callbacks.cleanup(thrown);
      if (fit) {
        callbacks.switchOn();
      }
    }
  }
}
