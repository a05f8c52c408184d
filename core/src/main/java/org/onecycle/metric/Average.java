package org.onecycle.metric;

import java.util.function.ToDoubleFunction;

/** How the scores of single classes become one. */
public enum Average {
  /** The score of class 1 alone. */
  BINARY,
  /** One score of the sums over all classes. */
  MICRO,
  /** The mean of the classes that occur in predictions or targets. */
  MACRO,
  /** The mean of the classes, weighted by how often they are true. */
  WEIGHTED;

  /** True positives, predictions, truths. */
  record Counts(long hits, long predicted, long actual) {}

  double of(ClassCounts all, ToDoubleFunction<Counts> score) {
    if (this == BINARY) {
      if (all.size() != 2) {
        throw new IllegalArgumentException(
            "Average.BINARY expects 2 classes, got " + all.size() + ": use MACRO or WEIGHTED");
      }
      return score.applyAsDouble(counts(all, 1));
    }
    long hits = 0;
    long predicted = 0;
    long actual = 0;
    double sum = 0;
    double weights = 0;
    for (int c = 0; c < all.size(); c++) {
      Counts one = counts(all, c);
      hits += one.hits;
      predicted += one.predicted;
      actual += one.actual;
      double weight = this == WEIGHTED ? one.actual : one.actual + one.predicted > 0 ? 1 : 0;
      sum += weight * score.applyAsDouble(one);
      weights += weight;
    }
    if (this == MICRO) {
      return score.applyAsDouble(new Counts(hits, predicted, actual));
    }
    return weights == 0 ? 0 : sum / weights;
  }

  private static Counts counts(ClassCounts all, int c) {
    return new Counts(all.hits(c), all.predicted(c), all.actual(c));
  }

  static double precision(Counts c) {
    return c.predicted == 0 ? 0 : (double) c.hits / c.predicted;
  }

  static double recall(Counts c) {
    return c.actual == 0 ? 0 : (double) c.hits / c.actual;
  }

  static double fBeta(Counts c, double beta) {
    double b = beta * beta;
    double below = b * c.actual + c.predicted;
    return below == 0 ? 0 : (1 + b) * c.hits / below;
  }
}
