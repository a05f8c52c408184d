package org.onecycle.tabular.collab;

import java.util.List;
import org.dflib.DataFrame;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.Splitters;
import org.onecycle.tabular.Categorify;
import org.onecycle.tabular.TabularData;
import org.onecycle.tabular.TabularDataLoaders;
import org.onecycle.tabular.YBlock;

/**
 * Batches of ratings: users and items as INT64 {@code [N, 2]}, ratings as FLOAT {@code [N]}.
 *
 * <p>User and item 0 stand for everybody whom the training ratings do not have.
 */
public final class CollabDataLoaders {
  private static final double VALID_PCT = 0.2;
  private static final int BS = 64;

  private CollabDataLoaders() {}

  /** Loaders of the first three columns: user, item, rating; a random fifth validates. */
  public static TabularDataLoaders fromDf(DataFrame ratings) {
    if (ratings.width() < 3) {
      throw new IllegalArgumentException(
          "expected columns of users, items and ratings, got "
              + List.of(ratings.getColumnsIndex().toArray()));
    }
    String[] names = ratings.getColumnsIndex().toArray();
    return fromDf(ratings, names[0], names[1], names[2], VALID_PCT, BS, LoaderOptions.DEFAULT_SEED);
  }

  /**
   * Loaders of ratings.
   *
   * @param seed decides the split and the order of the training ratings
   * @throws IllegalArgumentException if a column is missing or a rating no number
   */
  public static TabularDataLoaders fromDf(
      DataFrame ratings,
      String user,
      String item,
      String rating,
      double validPct,
      int bs,
      long seed) {
    return TabularData.of(ratings)
        .catNames(user, item)
        .yNames(rating)
        .yBlock(YBlock.REGRESSION)
        .procs(new Categorify())
        .splitter(Splitters.random(validPct, seed))
        .build()
        .dataLoaders(bs, bs, seed);
  }
}
