package org.onecycle.examples.tables;

import java.util.Arrays;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.onecycle.tensor.Rng;

/**
 * Blocks of houses that do not exist, with the columns of California housing: those with rich
 * people, near the sea or near one of two cities cost more.
 */
public final class InventedHouses {
  private static final long SEED = 42;
  private static final double NOISE = 0.18;

  private InventedHouses() {}

  /** Returns a table of so many blocks, always the same. */
  public static DataFrame table(int rows) {
    Rng rng = new Rng(SEED);
    Object[][] c = new Object[9][rows];
    for (int r = 0; r < rows; r++) {
      double latitude = 33 + 7 * rng.nextDouble();
      double inland = 4 * rng.nextDouble() * rng.nextDouble();
      double coast = -117 - (latitude - 33) * .9;
      double longitude = coast + inland;
      double north = Math.hypot(latitude - 37.8, longitude + 122);
      double south = Math.hypot(latitude - 34, longitude + 118);
      double income = Math.exp(1.25 + .45 * rng.nextGaussian());
      double households = Math.round(Math.exp(6 + .6 * rng.nextGaussian())) + 1;
      double rooms = 3 + .6 * income + rng.nextDouble();
      double people = 2 + 2 * rng.nextDouble();
      double age = 1 + rng.nextInt(52);
      double log =
          11.1
              + .75 * Math.log(income)
              + .6 * Math.exp(-inland)
              + .5 * Math.exp(-Math.min(north, south))
              - .12 * (people - 3)
              + .002 * age
              + NOISE * rng.nextGaussian();
      double[] row = {
        longitude,
        latitude,
        age,
        Math.round(rooms * households),
        Math.round(rooms * households / 4.5),
        Math.round(people * households),
        households,
        income,
        Math.round(Math.exp(log) / 100) * 100
      };
      for (int k = 0; k < row.length; k++) {
        c[k][r] = row[k];
      }
    }
    return DataFrame.byColumn(HousingFile.NAMES.toArray(new String[0]))
        .of(Arrays.stream(c).map(Series::of).toArray(Series[]::new));
  }
}
