package org.onecycle.metric;

import java.util.function.ToDoubleFunction;
import org.onecycle.tensor.Tensor;

/**
 * Compares the pixels' predicted and true classes over the whole epoch: per class how many there
 * are in both (I), predicted (P) and true (T).
 */
final class Overlap implements Metric {
  private final String name;
  private final int axis;
  private final ToDoubleFunction<Overlap> finish;
  private long[] both = new long[0];
  private long[] predicted = new long[0];
  private long[] truth = new long[0];

  Overlap(String name, int axis, ToDoubleFunction<Overlap> finish) {
    this.name = name;
    this.axis = axis;
    this.finish = finish;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void reset() {
    both = new long[0];
    predicted = new long[0];
    truth = new long[0];
  }

  @Override
  public void accumulate(BatchResult batch) {
    Tensor pred = batch.pred();
    long[] best = pred.argmax(axis).toLongs();
    long[] target = batch.target().toLongs();
    Flat.check(best.length, target.length, pred, batch.target());
    int classes = (int) pred.size(axis);
    for (long t : target) {
      if (t < 0 || t >= classes) {
        throw new IllegalArgumentException(
            name + " expects classes 0 to " + (classes - 1) + ", got " + t);
      }
    }
    if (both.length == 0) {
      both = new long[classes];
      predicted = new long[classes];
      truth = new long[classes];
    }
    for (int i = 0; i < target.length; i++) {
      predicted[(int) best[i]]++;
      truth[(int) target[i]]++;
      both[(int) target[i]] += best[i] == target[i] ? 1 : 0;
    }
  }

  @Override
  public double value() {
    return both.length == 0 ? Double.NaN : finish.applyAsDouble(this);
  }

  double dice(int c) {
    return 2.0 * both[c] / (predicted[c] + truth[c]);
  }

  double jaccard(int c) {
    return (double) both[c] / (predicted[c] + truth[c] - both[c]);
  }

  /** The mean over the classes that were predicted or there. */
  double mean(ClassNumber of) {
    double sum = 0;
    int n = 0;
    for (int c = 0; c < both.length; c++) {
      if (predicted[c] + truth[c] > 0) {
        sum += of.of(c);
        n++;
      }
    }
    return sum / n;
  }

  /** The share of right pixels among those that are not of this class. */
  double accuracyWithout(int background) {
    long right = 0;
    long all = 0;
    for (int c = 0; c < both.length; c++) {
      if (c != background) {
        right += both[c];
        all += truth[c];
      }
    }
    return (double) right / all;
  }

  /** A number for a class. */
  interface ClassNumber {
    double of(int c);
  }
}
