package org.onecycle.io;

/** A piece of a learner that says how it can be made again: a loss, a transform, a model. */
public interface Exportable {
  /** Returns the name of a registered factory and the settings that make an equal piece. */
  Spec spec();

  /**
   * Returns a piece's spec.
   *
   * @throws IllegalArgumentException if the piece has none, naming it
   */
  static Spec of(Object piece) {
    if (piece instanceof Exportable e) {
      return e.spec();
    }
    throw new IllegalArgumentException(
        piece.getClass().getName()
            + " cannot be exported: it does not implement Exportable (and register a factory)");
  }
}
