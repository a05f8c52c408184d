package org.onecycle.nn;

/** Undoes something, such as looking at a module's outputs. */
@FunctionalInterface
public interface Handle extends AutoCloseable {
  @Override
  void close();
}
