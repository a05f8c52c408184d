package org.onecycle.notebook;

import java.util.Arrays;
import java.util.Locale;
import org.onecycle.tensor.Tensor;

/** A tensor for a person to look at: shape, type, and values, those in the middle left out. */
final class TensorView {
  private static final int EDGE = 3;
  private static final int ALL = 200;

  private final long[] shape;
  private final double[] values;
  private final boolean floating;
  private final boolean cut;
  private final StringBuilder s = new StringBuilder();

  private TensorView(Tensor t) {
    shape = t.shape();
    values = t.toDoubles();
    floating = t.dtype().isFloating();
    cut = values.length > ALL;
  }

  static String of(Tensor t) {
    if (t.value().isReleased() || t.rank() == 0 || t.numel() == 0) {
      return t.toString();
    }
    TensorView view = new TensorView(t);
    view.axis(0, 0, "");
    return "Tensor" + Arrays.toString(t.shape()) + " " + t.dtype() + "\n" + view.s;
  }

  private void axis(int axis, int from, String indent) {
    if (axis == shape.length) {
      s.append(number(values[from]));
      return;
    }
    boolean last = axis == shape.length - 1;
    int n = (int) shape[axis];
    int stride = 1;
    for (int a = axis + 1; a < shape.length; a++) {
      stride *= (int) shape[a];
    }
    String next = indent + " ";
    String separator = last ? ", " : ",\n" + next;
    s.append('[');
    for (int i = 0; i < n; i++) {
      if (cut && n > 2 * EDGE && i == EDGE) {
        s.append(separator).append("...");
        i = n - EDGE;
      }
      s.append(i == 0 ? "" : separator);
      axis(axis + 1, from + i * stride, next);
    }
    s.append(']');
  }

  private String number(double value) {
    return floating ? String.format(Locale.ROOT, "%.4g", value) : Long.toString((long) value);
  }
}
