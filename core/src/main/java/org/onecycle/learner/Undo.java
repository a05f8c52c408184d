package org.onecycle.learner;

/** Puts back what was changed for a while. */
@FunctionalInterface
public interface Undo extends AutoCloseable {
  @Override
  void close();
}
