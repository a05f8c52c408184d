package org.onecycle.backend;

/** oneDNN has not made or run a primitive; the portable kernels do the work instead. */
final class OneDnnRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  OneDnnRefusal(RuntimeException cause) {
    super(cause.getMessage(), cause);
  }
}
