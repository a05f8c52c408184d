package org.onecycle.learner;

/** An exception inside of a callback; the message names its class and the event. */
public final class CallbackException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CallbackException(Callback callback, String event, RuntimeException cause) {
    super(
        callback.getClass().getName().replaceFirst("^.*\\.", "") + "." + event + ": " + cause,
        cause);
  }
}
