package org.onecycle.learner;

/**
 * Something that plugs into the training loop: one method per event, which may read and change
 * anything through the learner, and may end a part of training by throwing {@link Phase#cancel}.
 *
 * <pre>{@code
 * final class PrintLoss extends Callback {
 *   public void afterLoss(Learner learn) {
 *     log.info("{}", learn.state().loss());
 *   }
 * }
 * }</pre>
 */
public abstract class Callback {
  private boolean run = true;

  /** Makes a callback. */
  protected Callback() {}

  /** Returns the place among the callbacks: smaller ones are called first; 0 by default. */
  public int order() {
    return 0;
  }

  /** Returns whether the events within training batches are wanted. */
  public boolean runTrain() {
    return true;
  }

  /** Returns whether the events within validation batches are wanted. */
  public boolean runValid() {
    return true;
  }

  /** Returns whether the callback is switched on. */
  public final boolean run() {
    return run;
  }

  /** Switches the callback off or on; at the end of a fit it is on again. */
  public final void run(boolean on) {
    run = on;
  }

  /** Returns the class's name in snake case, without a Callback at its end. */
  public String name() {
    String simple = getClass().getSimpleName();
    String kind =
        getClass().isAnonymousClass() ? getClass().getSuperclass().getSimpleName() : simple;
    return snake(kind.equals("Callback") ? kind : kind.replaceFirst("Callback$", ""));
  }

  private static String snake(String camel) {
    return camel
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Called when a fit, a validation or a prediction has ended in whatever way, also by an error: to
   * give back what the callback holds.
   */
  public void cleanup(Learner learn) {}

  /** The learner has been built. */
  public void afterCreate(Learner learn) {}

  /** A fit begins. */
  public void beforeFit(Learner learn) {}

  /** An epoch begins. */
  public void beforeEpoch(Learner learn) {}

  /** The training part of an epoch begins. */
  public void beforeTrain(Learner learn) {}

  /** A batch has been read; it may be replaced. */
  public void beforeBatch(Learner learn) {}

  /** The model has computed its output; it may be replaced. */
  public void afterPred(Learner learn) {}

  /** The loss has been computed; what is differentiated may be replaced. */
  public void afterLoss(Learner learn) {}

  /** The computation of gradients begins. */
  public void beforeBackward(Learner learn) {}

  /** The computation of gradients has been cancelled. */
  public void afterCancelBackward(Learner learn) {}

  /** Gradients are there. */
  public void afterBackward(Learner learn) {}

  /** The optimiser is about to step. */
  public void beforeStep(Learner learn) {}

  /** The step has been cancelled. */
  public void afterCancelStep(Learner learn) {}

  /** Parameters have changed; gradients are still there. */
  public void afterStep(Learner learn) {}

  /** A batch has been cancelled. */
  public void afterCancelBatch(Learner learn) {}

  /** A batch is over; gradients are zero. */
  public void afterBatch(Learner learn) {}

  /** The training part of an epoch has been cancelled. */
  public void afterCancelTrain(Learner learn) {}

  /** The training part of an epoch is over. */
  public void afterTrain(Learner learn) {}

  /** A validation begins. */
  public void beforeValidate(Learner learn) {}

  /** A validation has been cancelled. */
  public void afterCancelValidate(Learner learn) {}

  /** A validation is over. */
  public void afterValidate(Learner learn) {}

  /** An epoch has been cancelled. */
  public void afterCancelEpoch(Learner learn) {}

  /** An epoch is over. */
  public void afterEpoch(Learner learn) {}

  /** The fit has been cancelled. */
  public void afterCancelFit(Learner learn) {}

  /** A fit is over. */
  public void afterFit(Learner learn) {}
}
