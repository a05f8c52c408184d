package org.onecycle.metric;

import java.util.Arrays;
import org.onecycle.tensor.Tensor;

/** Predicted classes against true ones. */
final class Classes {
  private Classes() {}

  static double share(Tensor pred, Tensor target, int axis) {
    long[] best = pred.argmax(axis).toLongs();
    long[] truth = target.toLongs();
    Flat.check(best.length, truth.length, pred, target);
    long right = 0;
    for (int i = 0; i < best.length; i++) {
      right += best[i] == truth[i] ? 1 : 0;
    }
    return (double) right / best.length;
  }

  static double topK(Tensor pred, Tensor target, int k) {
    double[] p = pred.toDoubles();
    long[] truth = target.toLongs();
    int classes = (int) pred.size(-1);
    Flat.check(p.length / classes, truth.length, pred, target);
    long right = 0;
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] >= 0 && truth[i] < classes) {
        double own = p[i * classes + (int) truth[i]];
        long better = Arrays.stream(p, i * classes, (i + 1) * classes).filter(v -> v > own).count();
        right += better < k ? 1 : 0;
      }
    }
    return (double) right / truth.length;
  }

  static double multi(Tensor pred, Tensor target, double threshold) {
    double[] p = pred.toDoubles();
    double[] t = target.toDoubles();
    Flat.check(p.length, t.length, pred, target);
    long right = 0;
    for (int i = 0; i < p.length; i++) {
      right += (p[i] > threshold) == (t[i] != 0) ? 1 : 0;
    }
    return (double) right / p.length;
  }
}
