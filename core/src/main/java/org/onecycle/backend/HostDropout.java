package org.onecycle.backend;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Host;

/**
 * {@link ElementwiseKernels#dropout} in one pass: numbers are drawn again for the gradient, which
 * takes less time than to keep them, and no memory.
 *
 * <p>Each long of a {@link java.util.SplittableRandom} decides on two elements. Its n-th long is a
 * function of the seed and n alone, so the compiler can make vector instructions of the loops,
 * which have to be short for it.
 */
final class HostDropout {
  /** Elements at a time; they stay in the nearest cache. */
  private static final int CHUNK = 4096;

  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final long LOW = 0xFFFFFFFFL;
  private static final ThreadLocal<HostDropout> OWN = ThreadLocal.withInitial(HostDropout::new);

  /** How far the generator's state has moved on after each long of a chunk. */
  private static final long[] MOVED = new long[CHUNK / 2];

  static {
    Arrays.setAll(MOVED, i -> (i + 1) * GAMMA);
  }

  private final long[] drawn = new long[CHUNK / 2];
  private final float[] mask = new float[CHUNK];
  private final float[] values = new float[CHUNK];
  private final ByteBuffer bits =
      ByteBuffer.allocateDirect(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private HostDropout() {}

  static Array run(Array x, double p, long[] seeds) {
    long n = x.numel();
    boolean host = x.dtype() == DType.FLOAT && x.isHost();
    Array in = x.plain();
    Array out = Array.empty(x.dtype(), x.shape());
    IntStream.range(0, seeds.length)
        .parallel()
        .forEach(
            i -> {
              long from = (long) i * ElementwiseKernels.PIECE;
              int length = (int) Math.min(ElementwiseKernels.PIECE, n - from);
              FloatBuffer source = host ? in.view(from, length).floats() : null;
              Array target = out.view(from, length);
              if (source != null) {
                OWN.get().piece(source, target.floats(), p, seeds[i]);
              } else {
                Host.put(OWN.get().masks(length, p, seeds[i]), target);
              }
            });
    // What is not FLOAT, or lies elsewhere, has had its mask written only.
    boolean masks = !host || in.floats() == null && n > 0;
    return masks ? Backends.current().elementwise().binary(Binary.MUL, in, out) : out;
  }

  private void piece(FloatBuffer x, FloatBuffer y, double p, long seed) {
    long state = seed;
    for (int at = 0; at < x.capacity(); at += CHUNK) {
      int n = Math.min(CHUNK, x.capacity() - at);
      draw(state, p);
      state += MOVED[MOVED.length - 1];
      x.get(at, values, 0, n);
      multiply(values, mask, n);
      y.put(at, values, 0, n);
    }
  }

  private float[] masks(int length, double p, long seed) {
    float[] out = new float[length];
    long state = seed;
    for (int at = 0; at < length; at += CHUNK) {
      draw(state, p);
      state += MOVED[MOVED.length - 1];
      System.arraycopy(mask, 0, out, at, Math.min(CHUNK, length - at));
    }
    return out;
  }

  private static void multiply(float[] x, float[] by, int n) {
    for (int i = 0; i < n; i++) {
      x[i] *= by[i];
    }
  }

  /** Fills the mask with 0 and {@code 1 / (1 - p)}. */
  private void draw(long state, double p) {
    long kept = Float.floatToRawIntBits((float) (1 / (1 - p))) & LOW;
    generate(drawn, MOVED, state);
    decide(drawn, Math.round(p * (1L << 32)), kept, kept << 32);
    bits.asLongBuffer().put(drawn);
    bits.asFloatBuffer().get(mask);
  }

  private static void generate(long[] out, long[] moved, long state) {
    for (int i = 0; i < out.length; i++) {
      long z = state + moved[i];
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      out[i] = z ^ (z >>> 31);
    }
  }

  /** Leaves two elements' bits in each long: 0 where a half of it is below the threshold. */
  private static void decide(long[] x, long threshold, long keptLow, long keptHigh) {
    for (int i = 0; i < x.length; i++) {
      long z = x[i];
      long droppedLow = ((z & LOW) - threshold) >> 63;
      long droppedHigh = ((z >>> 32) - threshold) >> 63;
      x[i] = (keptLow & ~droppedLow) | (keptHigh & ~droppedHigh);
    }
  }
}
