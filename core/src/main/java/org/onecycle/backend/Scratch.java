package org.onecycle.backend;

import java.util.ArrayList;
import java.util.List;

/**
 * Java arrays that one thread's small kernels use again and again: new ones for each call would
 * push what the next kernel needs out of the cache.
 */
final class Scratch {
  private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

  private final List<float[]> arrays = new ArrayList<>();
  private int taken;

  private Scratch() {}

  /** Returns this thread's arrays, all free. */
  static Scratch open() {
    Scratch s = OWN.get();
    s.taken = 0;
    return s;
  }

  /** Returns an array of at least this length, whose elements are anything. */
  float[] take(int length) {
    if (taken == arrays.size()) {
      arrays.add(new float[length]);
    } else if (arrays.get(taken).length < length) {
      arrays.set(taken, new float[length]);
    }
    return arrays.get(taken++);
  }
}
