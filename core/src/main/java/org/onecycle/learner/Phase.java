package org.onecycle.learner;

/**
 * A part of training that a callback can end early.
 *
 * <pre>{@code
 * throw Phase.FIT.cancel();
 * }</pre>
 *
 * <p>A cancelled part still runs its {@code after} event, preceded by {@code afterCancel}.
 */
public enum Phase {
  /** A whole call of fit. */
  FIT(Event.BEFORE_FIT, Event.AFTER_CANCEL_FIT, Event.AFTER_FIT),
  /** One pass over the training and the validation data. */
  EPOCH(Event.BEFORE_EPOCH, Event.AFTER_CANCEL_EPOCH, Event.AFTER_EPOCH),
  /** The training part of an epoch. */
  TRAIN(Event.BEFORE_TRAIN, Event.AFTER_CANCEL_TRAIN, Event.AFTER_TRAIN),
  /** The validation part of an epoch, or a validation by itself. */
  VALIDATE(Event.BEFORE_VALIDATE, Event.AFTER_CANCEL_VALIDATE, Event.AFTER_VALIDATE),
  /** One batch. */
  BATCH(Event.BEFORE_BATCH, Event.AFTER_CANCEL_BATCH, Event.AFTER_BATCH),
  /** The optimiser's step. */
  STEP(Event.BEFORE_STEP, Event.AFTER_CANCEL_STEP, Event.AFTER_STEP),
  /** The computation of gradients. */
  BACKWARD(Event.BEFORE_BACKWARD, Event.AFTER_CANCEL_BACKWARD, Event.AFTER_BACKWARD);

  final Event before;
  final Event afterCancel;
  final Event after;

  Phase(Event before, Event afterCancel, Event after) {
    this.before = before;
    this.afterCancel = afterCancel;
    this.after = after;
  }

  /** Returns the signal that ends this part when it is thrown in a callback. */
  public CancelException cancel() {
    return new CancelException(this);
  }
}
