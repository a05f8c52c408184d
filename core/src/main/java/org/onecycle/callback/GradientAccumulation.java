package org.onecycle.callback;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.array.Array;
import org.onecycle.backend.Backends;
import org.onecycle.learner.Callback;
import org.onecycle.learner.Learner;
import org.onecycle.learner.Phase;
import org.onecycle.learner.TrainingState;
import org.onecycle.nn.Parameter;

/**
 * Lets the optimiser step only after so many items, with the mean gradient of all of them: large
 * batches in little memory. It counts items, not batches.
 *
 * <p>What is left over when training ends makes a last step of its own. Schedules go on with every
 * batch.
 */
public final class GradientAccumulation extends Callback {
  private static final int ORDER = 6;
  private static final int ITEMS = 32;

  private final int items;
  private final boolean flush;
  private int count;

  /** Steps after 32 items. */
  public GradientAccumulation() {
    this(ITEMS);
  }

  /** Steps after so many items. */
  public GradientAccumulation(int items) {
    this(items, true);
  }

  /** Steps after so many items; with {@code flush} false a rest at the end is dropped. */
  public GradientAccumulation(int items, boolean flush) {
    if (items < 1) {
      throw new IllegalArgumentException("GradientAccumulation expects 1 item or more: " + items);
    }
    this.items = items;
    this.flush = flush;
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public boolean runValid() {
    return false;
  }

  @Override
  public void beforeFit(Learner learn) {
    count = 0;
  }

  @Override
  public void afterLoss(Learner learn) {
    TrainingState s = learn.state();
    if (s.lossGrad() != null) {
      s.lossGrad(s.lossGrad().mul((double) s.batch().size() / items));
    }
  }

  @Override
  public void beforeStep(Learner learn) {
    count += learn.state().batch().size();
    if (count < items) {
      throw Phase.BATCH.cancel();
    }
    average(learn);
    count = 0;
  }

  /** Each batch was divided by the items expected, which may be more or fewer than there came. */
  private void average(Learner learn) {
    if (count == items) {
      return;
    }
    double factor = (double) items / count;
    List<Array> grads = new ArrayList<>();
    for (Parameter p : learn.model().parameters()) {
      if (p.grad() != null) {
        grads.add(p.grad().value());
      }
    }
    Backends.current().optim().scale(grads, factor);
  }

  @Override
  public void afterTrain(Learner learn) {
    if (flush && count > 0 && learn.state().epoch() == learn.state().nEpoch() - 1) {
      average(learn);
      learn.opt().step();
      learn.opt().zeroGrad();
      count = 0;
    }
  }

  @Override
  public void cleanup(Learner learn) {
    if (count > 0) {
      learn.opt().zeroGrad();
      count = 0;
    }
  }
}
