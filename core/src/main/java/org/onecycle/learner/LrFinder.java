package org.onecycle.learner;

import org.onecycle.optim.Annealer;

/**
 * How a learning rate is searched: the rate grows by equal factors from batch to batch.
 *
 * @param startLr the first rate
 * @param endLr the rate that would come after the last batch
 * @param numIt the number of batches, at least 6
 * @param stopDiv whether the search ends when the smoothed loss exceeds four times its best
 */
public record LrFinder(double startLr, double endLr, int numIt, boolean stopDiv) {
  /** fastai's: from 1e-7 to 10 in 100 batches, ending early. */
  public static final LrFinder DEFAULT = new LrFinder(1e-7, 10, 100, true);

  private static final int FEWEST = 6;

  /** Checks the numbers. */
  public LrFinder {
    if (!(startLr > 0 && endLr > startLr)) {
      throw new IllegalArgumentException(
          "lrFind expects 0 < startLr < endLr, got " + startLr + " and " + endLr);
    }
    if (numIt < FEWEST) {
      throw new IllegalArgumentException("lrFind expects numIt of at least 6, got " + numIt);
    }
  }

  /** This search between other rates. */
  public LrFinder withRates(double start, double end) {
    return new LrFinder(start, end, numIt, stopDiv);
  }

  /** This search with another number of batches. */
  public LrFinder withNumIt(int value) {
    return new LrFinder(startLr, endLr, value, stopDiv);
  }

  /** This search, to the end whatever the loss or not. */
  public LrFinder withStopDiv(boolean value) {
    return new LrFinder(startLr, endLr, numIt, value);
  }

  /** Returns the rate of a batch, counted from 0: {@code start (end / start)^(i / numIt)}. */
  public double lr(int batch) {
    return Annealer.EXP.at(startLr, endLr, (double) batch / numIt);
  }
}
