package org.onecycle.examples.tables;

import org.dflib.DataFrame;
import org.dflib.Series;
import org.onecycle.tensor.Rng;

/**
 * Ratings that nobody gave, with the columns of MovieLens: 100 people, some more generous than
 * others, rate about 60 of 100 films, some better than others, each by three tastes.
 */
public final class InventedRatings {
  private static final long SEED = 42;
  private static final int SIZE = 100;
  private static final int TASTES = 3;
  private static final double RATED = 0.6;

  private InventedRatings() {}

  /** Returns the table, always the same. */
  public static DataFrame table() {
    Rng rng = new Rng(SEED);
    double[][] users = gaussian(rng);
    double[][] films = gaussian(rng);
    int[] order = rng.permutation(SIZE * SIZE);
    int n = (int) (RATED * order.length);
    Object[] user = new Object[n];
    Object[] film = new Object[n];
    Object[] rating = new Object[n];
    for (int k = 0; k < n; k++) {
      double[] u = users[order[k] / SIZE];
      double[] f = films[order[k] % SIZE];
      double stars = 3.5 + .4 * u[TASTES] + .5 * f[TASTES] + .5 * rng.nextGaussian();
      for (int t = 0; t < TASTES; t++) {
        stars += .35 * u[t] * f[t];
      }
      user[k] = (long) (order[k] / SIZE + 1);
      film[k] = (long) (order[k] % SIZE + 1);
      rating[k] = Math.max(.5, Math.min(5, Math.rint(2 * stars) / 2));
    }
    return DataFrame.byColumn("userId", "movieId", "rating")
        .of(Series.of(user), Series.of(film), Series.of(rating));
  }

  private static double[][] gaussian(Rng rng) {
    double[][] out = new double[SIZE][TASTES + 1];
    for (double[] row : out) {
      for (int t = 0; t < row.length; t++) {
        row[t] = rng.nextGaussian();
      }
    }
    return out;
  }
}
