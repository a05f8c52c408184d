package org.onecycle.nn;

import java.util.Map;

/** An input that a layer cannot take; the message ends with the path of the layer in the model. */
public final class LayerException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String problem;
  private final String path;
  private final transient Module source;

  LayerException(String problem, Module source, String path, Throwable cause) {
    super(problem + (path.isEmpty() ? "" : " in " + path), cause);
    this.problem = problem;
    this.source = source;
    this.path = path;
  }

  /** Returns the exception as it leaves a module around its source: with the source's name. */
  LayerException passing(Module around) {
    // A module may have several parents (a model and the body cut from it), each with its own
    // name for it, so only the parent that ran it knows the right one.
    String name = "";
    for (Map.Entry<String, Module> e : around.namedModules().entrySet()) {
      if (e.getValue() == source) {
        name = e.getKey();
      }
    }
    String longer = path.isEmpty() || name.isEmpty() ? name + path : name + "." + path;
    return new LayerException(problem, around, longer, getCause());
  }

  /** Returns the path of the layer, for example {@code head.4}. */
  public String path() {
    return path;
  }
}
