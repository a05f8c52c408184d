package org.onecycle.tensor;

import org.onecycle.array.Array;
import org.onecycle.array.Shapes;
import org.onecycle.backend.Backends;
import org.onecycle.backend.GatherKernels;

/** Elements picked by index, with their gradients. */
final class IndexOps {
  private IndexOps() {}

  private static GatherKernels k() {
    return Backends.current().gather();
  }

  static Tensor indexSelect(Tensor x, int axis, Tensor indices) {
    int a = Shapes.axis(axis, x.rank());
    return Tape.record(
        "indexSelect",
        k().take(x.value(), a, indices.value()),
        dy -> new Array[] {k().takeGrad(dy, x.shape(), a, indices.value())},
        x);
  }

  static Tensor gather(Tensor x, int axis, Tensor indices) {
    int a = Shapes.axis(axis, x.rank());
    long[] is = indices.shape();
    boolean fits = is.length == x.rank();
    for (int i = 0; fits && i < is.length; i++) {
      fits = i == a || is[i] <= x.size(i);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "gather along axis " + axis + " of " + x + " does not take indices " + indices);
    }
    return Tape.record(
        "gather",
        k().gather(x.value(), a, indices.value()),
        dy -> new Array[] {k().gatherGrad(dy, x.shape(), a, indices.value())},
        x);
  }
}
