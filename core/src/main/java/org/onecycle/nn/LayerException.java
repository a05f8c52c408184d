package org.onecycle.nn;

/** An input that a layer cannot take; the message ends with the path of the layer in the model. */
public final class LayerException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String problem;
  private final String path;

  LayerException(String problem, String path, Throwable cause) {
    super(problem + (path.isEmpty() ? "" : " in " + path), cause);
    this.problem = problem;
    this.path = path;
  }

  LayerException inside(String name) {
    if (name.isEmpty()) {
      return this;
    }
    return new LayerException(problem, path.isEmpty() ? name : name + "." + path, getCause());
  }

  /** Returns the path of the layer, for example {@code head.4}. */
  public String path() {
    return path;
  }
}
