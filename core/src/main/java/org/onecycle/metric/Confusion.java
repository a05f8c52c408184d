package org.onecycle.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.onecycle.tensor.Tensor;

/**
 * How often each class was taken for each other: rows are the true classes, columns the predicted
 * ones.
 */
public final class Confusion {
  private final List<String> labels;
  private final long[][] counts;

  /** Counts nothing yet, for so many classes. */
  public Confusion(List<String> labels) {
    this.labels = List.copyOf(labels);
    counts = new long[labels.size()][labels.size()];
  }

  /**
   * Counts pairs of classes, whatever the shape of the tensors.
   *
   * @param predicted class numbers
   * @param actual class numbers
   * @throws IllegalArgumentException if there are not as many of both, or one is out of range
   */
  public static Confusion of(Tensor predicted, Tensor actual, List<String> labels) {
    Confusion c = new Confusion(labels);
    c.add(predicted, actual);
    return c;
  }

  /** Counts more pairs. */
  public void add(Tensor predicted, Tensor actual) {
    long[] p = predicted.toLongs();
    long[] a = actual.toLongs();
    Flat.check(p.length, a.length, predicted, actual);
    for (int i = 0; i < p.length; i++) {
      counts[index(a[i])][index(p[i])]++;
    }
  }

  private int index(long id) {
    if (id < 0 || id >= counts.length) {
      throw new IllegalArgumentException(
          "Confusion expects classes 0 to " + (counts.length - 1) + ", got " + id);
    }
    return (int) id;
  }

  /** Returns the labels in the order of rows and columns. */
  public List<String> labels() {
    return labels;
  }

  /** Returns a copy of the counts {@code [actual][predicted]}. */
  public long[][] matrix() {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  /** Returns each row divided by its sum; a row of zeros stays one. */
  public double[][] normalized() {
    return Arrays.stream(counts)
        .map(
            row -> {
              double sum = Math.max(1, Arrays.stream(row).sum());
              return Arrays.stream(row).mapToDouble(n -> n / sum).toArray();
            })
        .toArray(double[][]::new);
  }

  /**
   * A pair of classes that were confused.
   *
   * @param actual the true label
   * @param predicted the label that was predicted instead
   * @param count how often
   */
  public record Pair(String actual, String predicted, long count) {}

  /** Returns the wrong pairs that occur at least so often, the most frequent first. */
  public List<Pair> mostConfused(long minVal) {
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < counts.length; a++) {
      for (int p = 0; p < counts.length; p++) {
        if (a != p && counts[a][p] >= Math.max(1, minVal)) {
          pairs.add(new Pair(labels.get(a), labels.get(p), counts[a][p]));
        }
      }
    }
    pairs.sort(Comparator.comparingLong(Pair::count).reversed());
    return pairs;
  }

  /** Returns the share of pairs on the diagonal; NaN if nothing was counted. */
  public double accuracy() {
    long all = Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    long right = IntStream.range(0, counts.length).mapToLong(i -> counts[i][i]).sum();
    return all == 0 ? Double.NaN : (double) right / all;
  }

  /** Returns the counts as a table for a terminal, labels of rows in front. */
  @Override
  public String toString() {
    int head = Math.max(6, labels.stream().mapToInt(String::length).max().orElse(0));
    StringBuilder s = new StringBuilder(" ".repeat(head));
    labels.forEach(l -> s.append("  ").append(" ".repeat(Math.max(0, 6 - l.length()))).append(l));
    for (int a = 0; a < counts.length; a++) {
      s.append('\n').append(labels.get(a)).append(" ".repeat(head - labels.get(a).length()));
      for (int p = 0; p < counts.length; p++) {
        int width = Math.max(6, labels.get(p).length());
        s.append("  ").append(("%" + width + "d").formatted(counts[a][p]));
      }
    }
    return s.toString();
  }
}
