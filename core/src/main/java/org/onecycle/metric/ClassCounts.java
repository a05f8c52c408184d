package org.onecycle.metric;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.onecycle.tensor.Tensor;

/**
 * True positives, predictions and truths of each class, summed over all batches: what precision and
 * recall are made of.
 */
final class ClassCounts implements Metric {
  /** Turns a batch into classes or labels and counts them. */
  @FunctionalInterface
  interface Counter {
    void count(BatchResult batch, ClassCounts into);
  }

  private final String name;
  private final Counter counter;
  private final ToDoubleFunction<ClassCounts> finish;
  private long[] hits = new long[0];
  private long[] predicted = new long[0];
  private long[] actual = new long[0];

  ClassCounts(String name, Counter counter, ToDoubleFunction<ClassCounts> finish) {
    this.name = name;
    this.counter = counter;
    this.finish = finish;
  }

  /** Counts the most likely class of the last axis against the true one. */
  static Counter mostLikely() {
    return (batch, into) -> {
      long[] guess = batch.pred().argmax(-1).toLongs();
      long[] truth = batch.target().toLongs();
      Flat.check(guess.length, truth.length, batch.pred(), batch.target());
      int classes = (int) batch.pred().size(-1);
      into.classes(classes);
      for (int i = 0; i < guess.length; i++) {
        if (truth[i] < 0 || truth[i] >= classes) {
          throw new IllegalArgumentException(
              into.name + " expects classes 0 to " + (classes - 1) + ", got " + truth[i]);
        }
        into.pair((int) guess[i], (int) truth[i]);
      }
    };
  }

  /** Counts each label of the last axis that reaches the threshold against the true ones. */
  static Counter labels(double threshold, boolean sigmoid) {
    return (batch, into) -> {
      Tensor pred = sigmoid ? batch.pred().sigmoid() : batch.pred();
      double[] p = pred.toDoubles();
      double[] t = batch.target().toDoubles();
      Flat.check(p.length, t.length, pred, batch.target());
      int labels = (int) pred.size(-1);
      into.classes(labels);
      for (int i = 0; i < p.length; i++) {
        into.label(i % labels, p[i] >= threshold, t[i] != 0);
      }
    };
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void reset() {
    hits = new long[0];
    predicted = new long[0];
    actual = new long[0];
  }

  @Override
  public void accumulate(BatchResult batch) {
    counter.count(batch, this);
  }

  @Override
  public double value() {
    return hits.length == 0 ? Double.NaN : finish.applyAsDouble(this);
  }

  /** Makes room for so many classes. */
  void classes(int n) {
    if (n > hits.length) {
      hits = Arrays.copyOf(hits, n);
      predicted = Arrays.copyOf(predicted, n);
      actual = Arrays.copyOf(actual, n);
    }
  }

  /** Counts one pair of a predicted and a true class. */
  void pair(int guess, int truth) {
    label(guess, true, guess == truth);
    if (guess != truth) {
      label(truth, false, true);
    }
  }

  /** Counts one label of one item. */
  void label(int label, boolean guessed, boolean present) {
    hits[label] += guessed && present ? 1 : 0;
    predicted[label] += guessed ? 1 : 0;
    actual[label] += present ? 1 : 0;
  }

  int size() {
    return hits.length;
  }

  long hits(int c) {
    return hits[c];
  }

  long predicted(int c) {
    return predicted[c];
  }

  long actual(int c) {
    return actual[c];
  }
}
