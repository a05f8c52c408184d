package org.onecycle.backend;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.onecycle.array.Array;
import org.onecycle.array.DType;
import org.onecycle.array.Shapes;

/**
 * Sums and means of FLOAT arrays in host memory over their first axes, which is what the gradient
 * of a bias and the loss of a batch are, as good as in double precision; the rest is handed down.
 */
final class HostReduce implements ReduceKernels {
  /** Columns at a time; their sums stay in the nearest cache. */
  private static final int STRIPE = 1024;

  /** Below this a second thread costs more than it brings. */
  private static final long ALONE = 1 << 17;

  private final ReduceKernels portable;

  HostReduce(ReduceKernels portable) {
    this.portable = portable;
  }

  @Override
  public Array reduce(Reduction op, Array x, int[] axes, boolean keepDims) {
    boolean sums = op == Reduction.SUM || op == Reduction.MEAN && x.numel() <= ALONE;
    boolean fits = sums && x.dtype() == DType.FLOAT && x.isHost() && x.numel() > 0;
    return fits && first(axes) && x.floats() != null
        ? sum(x, axes, keepDims, op == Reduction.MEAN)
        : portable.reduce(op, x, axes, keepDims);
  }

  private static boolean first(int[] axes) {
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] != i) {
        return false;
      }
    }
    return axes.length > 0;
  }

  private static Array sum(Array x, int[] axes, boolean keepDims, boolean mean) {
    Array out = Array.empty(DType.FLOAT, Shapes.reduced(x.shape(), axes, keepDims));
    FloatBuffer from = x.floats();
    FloatBuffer to = out.floats();
    int columns = (int) out.numel();
    int stripes = (columns + STRIPE - 1) / STRIPE;
    IntStream all = IntStream.range(0, stripes);
    double divisor = mean ? (double) x.numel() / columns : 1;
    (x.numel() > ALONE ? all.parallel() : all)
        .forEach(i -> stripe(from, to, columns, i * STRIPE, divisor));
    return out;
  }

  private static void stripe(
      FloatBuffer from, FloatBuffer to, int columns, int first, double divisor) {
    int width = Math.min(STRIPE, columns - first);
    // Short rows come several at a time.
    int rows = width == columns ? Math.min(STRIPE / columns, from.capacity() / columns) : 1;
    int block = rows * width;
    Scratch memory = Scratch.open();
    float[] row = memory.take(block);
    ColumnSums sums = new ColumnSums(width, block, memory);
    for (int at = first; at < from.capacity(); at += rows * columns) {
      int n = Math.min(block, from.capacity() - at);
      from.get(at, row, 0, n);
      sums.add(row, n);
    }
    double[] sum = sums.get(memory);
    for (int k = 0; k < width; k++) {
      row[k] = (float) (sum[k] / divisor);
    }
    to.put(first, row, 0, width);
  }

  @Override
  public Array argMax(Array x, int axis) {
    return portable.argMax(x, axis);
  }

  @Override
  public Array argMin(Array x, int axis) {
    return portable.argMin(x, axis);
  }
}
