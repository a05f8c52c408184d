package org.onecycle.bench.ours;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.onecycle.learner.Learner;

/** Training in BFLOAT16, in the releases of Onecycle that have it. */
final class MixedPrecision {
  private MixedPrecision() {}

  /**
   * Calls {@code learn.toBf16()}.
   *
   * @throws UnsupportedOperationException if it is not there, or refuses on this machine
   */
  static void toBf16(Learner learn) {
    Method method;
    try {
      method = Learner.class.getMethod("toBf16");
    } catch (NoSuchMethodException e) {
      throw new UnsupportedOperationException("not there", e);
    }
    try {
      method.invoke(learn);
    } catch (InvocationTargetException e) {
      throw new UnsupportedOperationException(e.getCause().getMessage(), e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
