package org.onecycle.backend;

import java.util.Arrays;
import org.onecycle.array.Array;
import org.onecycle.array.Host;
import org.onecycle.array.Shapes;

/**
 * {@code where} whose condition is the same all along a row, such as the padding of texts: rows are
 * copied in runs. ND4J's operation wants all three arguments at full size and takes a hundred times
 * as long.
 */
final class RowChoice {
  private static final long SHORTEST_ROW = 16;

  private RowChoice() {}

  /**
   * Returns the choice, or null if the arguments are of another kind.
   *
   * @param condition BOOL
   * @param a of b's type
   */
  static Array choose(Array condition, Array a, Array b, long[] shape) {
    long[] c = condition.shape();
    int axes = c.length;
    while (axes > 0 && c[axes - 1] == 1) {
      axes--;
    }
    long row = Shapes.numel(Arrays.copyOfRange(shape, Math.min(axes, shape.length), shape.length));
    boolean fits =
        c.length == shape.length
            && row >= SHORTEST_ROW
            && Arrays.equals(c, 0, axes, shape, 0, axes)
            && (a.numel() == 1 || a.hasShape(shape))
            && (b.numel() == 1 || b.hasShape(shape))
            && a.isHost()
            && b.isHost();
    if (!fits) {
      return null;
    }
    byte[] chosen = Host.bytes(condition);
    double[] fill = {a.numel() == 1 ? value(a) : 0, b.numel() == 1 ? value(b) : 0};
    Array out = Array.empty(a.dtype(), shape);
    ElementwiseKernels each = Backends.current().elementwise();
    for (int from = 0, to; from < chosen.length; from = to) {
      to = from + 1;
      while (to < chosen.length && (chosen[to] == 0) == (chosen[from] == 0)) {
        to++;
      }
      Array source = chosen[from] != 0 ? a : b;
      long start = from * row;
      long count = (to - from) * row;
      if (source.numel() == 1) {
        each.fill(out.view(start, count), fill[chosen[from] != 0 ? 0 : 1]);
      } else {
        each.copy(source.view(start, count), out.view(start, count));
      }
    }
    return out;
  }

  private static double value(Array one) {
    return Host.doubles(one)[0];
  }
}
