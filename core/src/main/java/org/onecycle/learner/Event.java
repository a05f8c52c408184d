package org.onecycle.learner;

import java.util.function.BiConsumer;

/** The moments at which callbacks are called, in the order of their first appearance. */
public enum Event {
  /** The learner has been built. */
  AFTER_CREATE("afterCreate", Callback::afterCreate, false),
  /** A fit begins. */
  BEFORE_FIT("beforeFit", Callback::beforeFit, false),
  /** An epoch begins. */
  BEFORE_EPOCH("beforeEpoch", Callback::beforeEpoch, false),
  /** The training part of an epoch begins. */
  BEFORE_TRAIN("beforeTrain", Callback::beforeTrain, false),
  /** A batch has been read; it may be replaced. */
  BEFORE_BATCH("beforeBatch", Callback::beforeBatch, true),
  /** The model has computed its output; it may be replaced. */
  AFTER_PRED("afterPred", Callback::afterPred, true),
  /** The loss has been computed; what is differentiated may be replaced. */
  AFTER_LOSS("afterLoss", Callback::afterLoss, true),
  /** The computation of gradients begins. */
  BEFORE_BACKWARD("beforeBackward", Callback::beforeBackward, true),
  /** The computation of gradients has been cancelled. */
  AFTER_CANCEL_BACKWARD("afterCancelBackward", Callback::afterCancelBackward, true),
  /** Gradients are there. */
  AFTER_BACKWARD("afterBackward", Callback::afterBackward, true),
  /** The optimiser is about to step. */
  BEFORE_STEP("beforeStep", Callback::beforeStep, true),
  /** The step has been cancelled. */
  AFTER_CANCEL_STEP("afterCancelStep", Callback::afterCancelStep, true),
  /** Parameters have changed; gradients are still there. */
  AFTER_STEP("afterStep", Callback::afterStep, true),
  /** A batch has been cancelled. */
  AFTER_CANCEL_BATCH("afterCancelBatch", Callback::afterCancelBatch, true),
  /** A batch is over; gradients are zero. */
  AFTER_BATCH("afterBatch", Callback::afterBatch, true),
  /** The training part of an epoch has been cancelled. */
  AFTER_CANCEL_TRAIN("afterCancelTrain", Callback::afterCancelTrain, false),
  /** The training part of an epoch is over. */
  AFTER_TRAIN("afterTrain", Callback::afterTrain, false),
  /** A validation begins. */
  BEFORE_VALIDATE("beforeValidate", Callback::beforeValidate, false),
  /** A validation has been cancelled. */
  AFTER_CANCEL_VALIDATE("afterCancelValidate", Callback::afterCancelValidate, false),
  /** A validation is over. */
  AFTER_VALIDATE("afterValidate", Callback::afterValidate, false),
  /** An epoch has been cancelled. */
  AFTER_CANCEL_EPOCH("afterCancelEpoch", Callback::afterCancelEpoch, false),
  /** An epoch is over. */
  AFTER_EPOCH("afterEpoch", Callback::afterEpoch, false),
  /** The fit has been cancelled. */
  AFTER_CANCEL_FIT("afterCancelFit", Callback::afterCancelFit, false),
  /** A fit is over. */
  AFTER_FIT("afterFit", Callback::afterFit, false);

  private final String method;
  private final BiConsumer<Callback, Learner> call;
  private final boolean inner;

  Event(String method, BiConsumer<Callback, Learner> call, boolean inner) {
    this.method = method;
    this.call = call;
    this.inner = inner;
  }

  /** Returns the name of the callbacks' method. */
  public String method() {
    return method;
  }

  /** Returns whether this happens within a batch. */
  public boolean isInner() {
    return inner;
  }

  void call(Callback callback, Learner learn) {
    call.accept(callback, learn);
  }
}
