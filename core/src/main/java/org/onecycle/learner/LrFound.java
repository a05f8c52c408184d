package org.onecycle.learner;

import java.util.Arrays;
import java.util.Locale;
import org.onecycle.show.Chart;

/**
 * What a search for a learning rate has found: the smoothed loss at each rate, and the rates that
 * four rules read off it.
 *
 * <p>The rules leave the first tenth and the last five batches out.
 *
 * <pre>{@code
 * learn.fitOneCycle(4, learn.lrFind().valley());
 * }</pre>
 */
public final class LrFound {
  private static final int TENTH = 10;
  private static final int TAIL = 5;

  private final double[] lrs;
  private final double[] losses;
  private final int skipped;

  /**
   * Makes a result.
   *
   * @param lrs the rates
   * @param losses the smoothed losses
   * @param numIt how many batches were planned
   */
  LrFound(double[] lrs, double[] losses, int numIt) {
    this.lrs = lrs.clone();
    this.losses = losses.clone();
    this.skipped = numIt / TENTH;
  }

  /** Returns the rate of each batch. */
  public double[] lrs() {
    return lrs.clone();
  }

  /** Returns the smoothed loss of each batch. */
  public double[] losses() {
    return losses.clone();
  }

  /** Returns fastai's default suggestion: half-way down the longest fall of the loss. */
  public double valley() {
    return suggest(LrSuggestion.VALLEY);
  }

  /** Returns a tenth of the rate with the lowest loss. */
  public double minimum() {
    return suggest(LrSuggestion.MINIMUM);
  }

  /** Returns the rate at which the loss falls fastest. */
  public double steep() {
    return suggest(LrSuggestion.STEEP);
  }

  /** Returns the last rate before the loss begins to move away. */
  public double slide() {
    return suggest(LrSuggestion.SLIDE);
  }

  /**
   * Returns the rate that a rule suggests.
   *
   * @throws IllegalStateException if the loss diverged before there was enough to read
   */
  public double suggest(LrSuggestion rule) {
    int end = end();
    if (end - skipped < 2) {
      throw new IllegalStateException(
          "lrFind ended after "
              + lrs.length
              + " batches, too few for a suggestion: start at a lower rate or raise numIt");
    }
    return rule.of(Arrays.copyOfRange(lrs, skipped, end), Arrays.copyOfRange(losses, skipped, end));
  }

  /** Returns where what the rules read ends. */
  private int end() {
    int end = lrs.length - TAIL;
    for (int i = skipped; i < end; i++) {
      if (!Double.isFinite(losses[i])) {
        end = i;
      }
    }
    return end;
  }

  /**
   * Draws the losses over the rates, without the last five, and the suggestion of {@link #valley}
   * where there is one.
   */
  public Chart plot() {
    int shown = Math.max(0, lrs.length - TAIL);
    Chart chart =
        new Chart("learning rate", "loss")
            .logX()
            .line("loss", Arrays.copyOf(lrs, shown), Arrays.copyOf(losses, shown));
    if (end() - skipped >= 2) {
      double valley = valley();
      int at = 0;
      while (lrs[at] < valley) {
        at++;
      }
      chart.mark(String.format(Locale.ROOT, "valley %.2g", valley), valley, losses[at]);
    }
    return chart;
  }

  @Override
  public String toString() {
    return "LrFound in " + lrs.length + " batches";
  }
}
