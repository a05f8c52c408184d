package org.onecycle.backend;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.onecycle.array.Array;
import org.onecycle.array.DType;

/**
 * Functions of pairs whose second array is repeated along the first or the second of three axes,
 * such as a dropout that is the same at all time steps.
 */
final class OneDnnRepeat {
  private static final long SHORTEST_ROW = 16;

  private OneDnnRepeat() {}

  static boolean fits(Array a, Array b) {
    if (a.rank() != 3 || b.rank() != 3 || a.dtype() != DType.FLOAT || a.numel() == 0) {
      return false;
    }
    boolean first = b.hasShape(1, a.size(1), a.size(2));
    boolean second = b.hasShape(a.size(0), 1, a.size(2));
    return (first || second) && a.size(2) >= SHORTEST_ROW;
  }

  static Array binary(dnnl.algorithm algorithm, Array a, Array b) {
    OneDnnLayout la = OneDnnLayout.plain(a.shape());
    OneDnnLayout lb = OneDnnLayout.plain(b.shape());
    Array out = la.allocate(a.shape());
    OneDnnCall.cached(
            () ->
                new OneDnnCall(
                        new binary(
                            new binary.primitive_desc(
                                OneDnn.engine(), algorithm, la.desc, lb.desc, la.desc)))
                    .with(dnnl.DNNL_ARG_SRC_0, la.desc)
                    .with(dnnl.DNNL_ARG_SRC_1, lb.desc)
                    .with(dnnl.DNNL_ARG_DST, la.desc),
            "repeat",
            algorithm.value,
            la,
            lb)
        .run(a.plain(), b.plain(), out);
    return out;
  }
}
