package org.onecycle.text.data;

import java.util.Arrays;
import java.util.List;

/** Documents, one after the other, read by ranges as if they were one. */
final class Chunks {
  private final List<int[]> docs;
  private final int[] order;
  private final long[] starts;

  /**
   * Puts documents in a row.
   *
   * @param order the documents by index, in the order in which they follow each other
   */
  Chunks(List<int[]> docs, int[] order) {
    this.docs = docs;
    this.order = order;
    this.starts = new long[order.length + 1];
    for (int d = 0; d < order.length; d++) {
      starts[d + 1] = starts[d] + docs.get(order[d]).length;
    }
  }

  long size() {
    return starts[order.length];
  }

  /** Returns the element at a place; negative places count from the end. */
  int get(long at) {
    return range(at < 0 ? size() + at : at, 1)[0];
  }

  /** Returns up to {@code length} elements from a place on; fewer at the end. */
  int[] range(long from, int length) {
    int[] out = new int[(int) Math.max(0, Math.min(length, size() - from))];
    if (out.length == 0) {
      return out;
    }
    int d = Arrays.binarySearch(starts, from);
    d = d >= 0 ? d : -d - 2;
    int filled = 0;
    while (filled < out.length) {
      int[] doc = docs.get(order[d]);
      int at = (int) (from + filled - starts[d]);
      int n = Math.min(doc.length - at, out.length - filled);
      if (n > 0) {
        System.arraycopy(doc, at, out, filled, n);
        filled += n;
      }
      d++;
    }
    return out;
  }
}
