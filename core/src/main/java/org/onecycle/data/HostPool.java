package org.onecycle.data;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.onecycle.array.DType;
import org.onecycle.array.Shapes;

/**
 * Large arrays of batches that have become tensors, kept for the batches to come.
 *
 * <p>A batch of pictures is tens of megabytes: made anew each time, they fill the heap between two
 * collections of garbage, which then never gives the memory back. Where memory is short, the
 * collector takes what lies here.
 */
final class HostPool {
  /** The pool of all loaders: training and validation take turns with the same shapes. */
  static final HostPool SHARED = new HostPool();

  // Smaller ones are cheap to make.
  private static final long LEAST_BYTES = 1 << 20;
  private static final int MOST = 64;

  private final Deque<SoftReference<HostArray>> free = new ArrayDeque<>();

  /** Returns an array with any numbers in it, or null if none of this shape is here. */
  synchronized HostArray take(DType dtype, long... shape) {
    if (Shapes.numel(shape) * dtype.bytes() < LEAST_BYTES) {
      return null;
    }
    for (Iterator<SoftReference<HostArray>> all = free.descendingIterator(); all.hasNext(); ) {
      HostArray array = all.next().get();
      if (array == null || array.is(dtype, shape)) {
        all.remove();
        if (array != null) {
          return array;
        }
      }
    }
    // Another shape is wanted now: what has lain here longest will hardly be asked for again.
    free.pollFirst();
    return null;
  }

  /** Takes arrays that nobody else holds any more. */
  synchronized void give(Iterable<HostArray> arrays) {
    for (HostArray array : arrays) {
      if (array.weight() >= LEAST_BYTES) {
        free.addLast(new SoftReference<>(array));
      }
    }
    while (free.size() > MOST) {
      free.removeFirst();
    }
  }
}
