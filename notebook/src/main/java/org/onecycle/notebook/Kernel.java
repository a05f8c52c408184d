package org.onecycle.notebook;

import java.util.Optional;
import java.util.function.Function;

/** The notebook kernel in whose process we run. */
interface Kernel {

  /** Shows something in the output of the running cell, and returns its name for updates. */
  String display(Shown shown);

  /** Shows something else in an output's place. */
  void update(String id, Shown shown);

  /** Lets the kernel show objects of a type, or types below it, in this way. */
  <T> void register(Class<T> type, Function<? super T, Shown> form);

  /** Returns the kernel, if there is one. */
  static Optional<Kernel> running() {
    return ReflectedKernel.running();
  }
}
