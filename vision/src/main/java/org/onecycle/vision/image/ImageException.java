package org.onecycle.vision.image;

/** A file or a block of bytes that is no whole picture; the message names it and says why. */
public final class ImageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message. */
  public ImageException(String message) {
    super(message);
  }

  /** With a message and the error behind it. */
  public ImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
