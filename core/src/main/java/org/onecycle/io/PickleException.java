package org.onecycle.io;

/** A pickle is malformed or asks for what is refused; the reader of the file adds its name. */
final class PickleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PickleException(String message) {
    super(message);
  }

  PickleException(String message, Throwable cause) {
    super(message + " (" + cause.getMessage() + ")", cause);
  }
}
