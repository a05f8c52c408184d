package org.onecycle.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.onecycle.tensor.Tensor;

/**
 * A number of all predictions and targets of an epoch, where batches cannot be averaged; keeps them
 * as doubles.
 */
final class Pooled implements Metric {
  /** Picks the numbers of a batch that are kept. */
  @FunctionalInterface
  interface Read {
    double[] apply(Tensor pred);
  }

  /** Computes the number; {@code preds} has {@code width} values an item. */
  @FunctionalInterface
  interface Finish {
    double apply(double[] preds, double[] targets, int width);
  }

  private final String name;
  private final Read read;
  private final Finish finish;
  private double[] preds = new double[64];
  private double[] targets = new double[64];
  private int predCount;
  private int targetCount;

  Pooled(String name, Read read, Finish finish) {
    this.name = name;
    this.read = read;
    this.finish = finish;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void reset() {
    predCount = 0;
    targetCount = 0;
  }

  @Override
  public void accumulate(BatchResult batch) {
    double[] p = read.apply(batch.pred());
    double[] t = batch.target().toDoubles();
    if (t.length == 0 || p.length % t.length != 0) {
      Flat.check(p.length, t.length, batch.pred(), batch.target());
    }
    preds = appended(preds, predCount, p);
    targets = appended(targets, targetCount, t);
    predCount += p.length;
    targetCount += t.length;
  }

  private static double[] appended(double[] all, int count, double... more) {
    double[] room =
        count + more.length > all.length
            ? Arrays.copyOf(all, Math.max(2 * all.length, count + more.length))
            : all;
    System.arraycopy(more, 0, room, count, more.length);
    return room;
  }

  @Override
  public double value() {
    return targetCount == 0
        ? Double.NaN
        : finish.apply(
            Arrays.copyOf(preds, predCount),
            Arrays.copyOf(targets, targetCount),
            predCount / targetCount);
  }

  /** {@code 1 - sum (t - p)^2 / sum (t - mean t)^2}. */
  static double r2(double[] p, double[] t, int width) {
    double mean = Arrays.stream(t).average().orElse(Double.NaN);
    double residual = 0;
    double total = 0;
    for (int i = 0; i < t.length; i++) {
      residual += (t[i] - p[i]) * (t[i] - p[i]);
      total += (t[i] - mean) * (t[i] - mean);
    }
    return total == 0 ? Double.NaN : 1 - residual / total;
  }

  /** The mean over the classes of the area of one against the rest. */
  static double rocAucMulti(double[] p, double[] t, int width) {
    double sum = 0;
    for (int c = 0; c < width; c++) {
      int label = c;
      double[] scores =
          IntStream.range(0, t.length).mapToDouble(i -> p[i * width + label]).toArray();
      boolean[] positive = new boolean[t.length];
      for (int i = 0; i < t.length; i++) {
        positive[i] = t[i] == label;
      }
      sum += rocAuc(scores, positive);
    }
    return sum / width;
  }

  static double rocAucBinary(double[] p, double[] t, int width) {
    boolean[] positive = new boolean[t.length];
    for (int i = 0; i < t.length; i++) {
      positive[i] = t[i] != 0;
    }
    return rocAuc(p, positive);
  }

  /** The share of pairs of a positive and a negative in the right order; equal ones are a half. */
  static double rocAuc(double[] scores, boolean[] positive) {
    Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
    double ranks = 0;
    long positives = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && scores[order[to]] == scores[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        if (positive[order[i]]) {
          ranks += (from + to + 1) / 2.0;
          positives++;
        }
      }
      from = Math.max(to, from + 1);
    }
    double negatives = scores.length - (double) positives;
    double pairs = positives * negatives;
    return pairs == 0 ? Double.NaN : (ranks - positives * (positives + 1) / 2.0) / pairs;
  }
}
