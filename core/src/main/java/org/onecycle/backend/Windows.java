package org.onecycle.backend;

/**
 * The cells of an axis that each output position looks at: {@code begin, begin + step, ..}, before
 * {@code end}.
 *
 * @param width the number of cells an average divides by, padded ones included if they count
 */
record Windows(int[] begin, int[] end, int step, int[] width) {

  /** Returns the windows of ordinary pooling. */
  static Windows sliding(
      int size, int out, int kernel, int stride, int pad, int dilation, boolean includePad) {
    Windows w = new Windows(new int[out], new int[out], dilation, new int[out]);
    for (int i = 0; i < out; i++) {
      int from = i * stride - pad;
      int to = Math.min(from + dilation * (kernel - 1) + 1, size + pad);
      int skipped = from < 0 ? (-from + dilation - 1) / dilation : 0;
      w.begin[i] = from + skipped * dilation;
      w.end[i] = Math.min(to, size);
      w.width[i] = includePad ? to - from : w.end[i] - w.begin[i];
    }
    return w;
  }

  /** Returns the bins of adaptive pooling. */
  static Windows adaptive(int size, int out) {
    Windows w = new Windows(new int[out], new int[out], 1, new int[out]);
    for (int i = 0; i < out; i++) {
      w.begin[i] = (int) ((long) i * size / out);
      w.end[i] = (int) (((i + 1L) * size + out - 1) / out);
      w.width[i] = w.end[i] - w.begin[i];
    }
    return w;
  }

  int count() {
    return begin.length;
  }
}
