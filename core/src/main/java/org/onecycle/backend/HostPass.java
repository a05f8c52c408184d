package org.onecycle.backend;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A loop over FLOAT arrays of one length in host memory.
 *
 * <p>Chunks that fit the cache are copied into Java arrays, where the compiler turns the loops into
 * vector instructions, and back: main memory is read and written once. Threads share out parts of
 * fixed length, so what a part sums up does not depend on their number.
 *
 * @param written how many of the arrays are written back; these come first
 */
record HostPass(Loop loop, int written, FloatBuffer... memory) {
  private static final int CHUNK = 4096;
  private static final int PART = 1 << 16;
  private static final int MOST_ARRAYS = 5;

  /** Below this a second thread costs more than it brings. */
  private static final long ALONE = 1 << 17;

  private static final ThreadLocal<float[][]> CHUNKS =
      ThreadLocal.withInitial(() -> new float[MOST_ARRAYS][CHUNK]);

  /** What happens to a chunk. */
  interface Loop {
    /**
     * Works on the first n elements.
     *
     * @param x the arrays' chunks, and behind them one to use freely
     * @param part which part of the arrays the chunk is in
     */
    void run(float[][] x, int n, int part);
  }

  int numel() {
    return memory[0].capacity();
  }

  int parts() {
    return parts(numel());
  }

  static int parts(int numel) {
    return (numel + PART - 1) / PART;
  }

  /** Runs the passes, which write to different arrays, side by side. */
  static void run(List<HostPass> passes) {
    long all = 0;
    int count = 0;
    for (HostPass p : passes) {
      all += p.numel();
      count += p.parts();
    }
    if (all <= ALONE) {
      float[][] chunks = CHUNKS.get();
      for (HostPass p : passes) {
        for (int i = 0; i < p.parts(); i++) {
          p.part(i, chunks);
        }
      }
      return;
    }
    HostPass[] pass = new HostPass[count];
    int[] part = new int[count];
    int at = 0;
    for (HostPass p : passes) {
      for (int i = 0; i < p.parts(); i++, at++) {
        pass[at] = p;
        part[at] = i;
      }
    }
    IntStream.range(0, count).parallel().forEach(i -> pass[i].part(part[i], CHUNKS.get()));
  }

  private void part(int part, float[][] x) {
    int end = Math.min(numel(), (part + 1) * PART);
    for (int i = part * PART; i < end; i += CHUNK) {
      int n = Math.min(CHUNK, end - i);
      for (int k = 0; k < memory.length; k++) {
        memory[k].get(i, x[k], 0, n);
      }
      loop.run(x, n, part);
      for (int k = 0; k < written; k++) {
        memory[k].put(i, x[k], 0, n);
      }
    }
  }
}
