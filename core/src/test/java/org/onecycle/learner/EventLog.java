package org.onecycle.learner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes down every event, and does something at one of them. */
final class EventLog extends Callback {
  private final List<String> events = new ArrayList<>();
  private final String at;
  private final Consumer<Learner> action;

  EventLog() {
    this("", learn -> {});
  }

  EventLog(String at, Consumer<Learner> action) {
    this.at = at;
    this.action = action;
  }

  List<String> events() {
    return events;
  }

  private void note(String event, Learner learn) {
    events.add(event);
    if (event.equals(at)) {
      action.accept(learn);
    }
  }

  @Override
  public void cleanup(Learner learn) {
    note("cleanup", learn);
  }

  @Override
  public void afterCreate(Learner learn) {
    note("after_create", learn);
  }

  @Override
  public void beforeFit(Learner learn) {
    note("before_fit", learn);
  }

  @Override
  public void beforeEpoch(Learner learn) {
    note("before_epoch", learn);
  }

  @Override
  public void beforeTrain(Learner learn) {
    note("before_train", learn);
  }

  @Override
  public void beforeBatch(Learner learn) {
    note("before_batch", learn);
  }

  @Override
  public void afterPred(Learner learn) {
    note("after_pred", learn);
  }

  @Override
  public void afterLoss(Learner learn) {
    note("after_loss", learn);
  }

  @Override
  public void beforeBackward(Learner learn) {
    note("before_backward", learn);
  }

  @Override
  public void afterCancelBackward(Learner learn) {
    note("after_cancel_backward", learn);
  }

  @Override
  public void afterBackward(Learner learn) {
    note("after_backward", learn);
  }

  @Override
  public void beforeStep(Learner learn) {
    note("before_step", learn);
  }

  @Override
  public void afterCancelStep(Learner learn) {
    note("after_cancel_step", learn);
  }

  @Override
  public void afterStep(Learner learn) {
    note("after_step", learn);
  }

  @Override
  public void afterCancelBatch(Learner learn) {
    note("after_cancel_batch", learn);
  }

  @Override
  public void afterBatch(Learner learn) {
    note("after_batch", learn);
  }

  @Override
  public void afterCancelTrain(Learner learn) {
    note("after_cancel_train", learn);
  }

  @Override
  public void afterTrain(Learner learn) {
    note("after_train", learn);
  }

  @Override
  public void beforeValidate(Learner learn) {
    note("before_validate", learn);
  }

  @Override
  public void afterCancelValidate(Learner learn) {
    note("after_cancel_validate", learn);
  }

  @Override
  public void afterValidate(Learner learn) {
    note("after_validate", learn);
  }

  @Override
  public void afterCancelEpoch(Learner learn) {
    note("after_cancel_epoch", learn);
  }

  @Override
  public void afterEpoch(Learner learn) {
    note("after_epoch", learn);
  }

  @Override
  public void afterCancelFit(Learner learn) {
    note("after_cancel_fit", learn);
  }

  @Override
  public void afterFit(Learner learn) {
    note("after_fit", learn);
  }
}
