package org.onecycle.examples.tables;

import java.util.Arrays;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.onecycle.tensor.Rng;

/**
 * People who do not exist, with the columns of the Adult census: who learns longer, is older, works
 * in an office and is married earns more, more or less.
 */
public final class InventedPeople {
  private static final long SEED = 42;
  private static final String[] WORK = {"Private", "Self-emp", "Federal-gov", "State-gov"};
  private static final String[] SCHOOL = {
    "HS-grad", "Some-college", "Assoc-acdm", "Bachelors", "Masters", "Doctorate"
  };
  private static final int[] YEARS = {9, 10, 12, 13, 14, 16};
  private static final String[] MARITAL = {"Never-married", "Married-civ-spouse", "Divorced"};
  private static final String[] JOB = {
    "Handlers-cleaners",
    "Craft-repair",
    "Sales",
    "Adm-clerical",
    "Prof-specialty",
    "Exec-managerial"
  };
  private static final double[] JOB_SCORE = {-1.6, -.3, 0, -.2, .9, 1.3};
  private static final String[] RACE = {"White", "Black", "Asian-Pac-Islander", "Other"};
  private static final double GAPS = 0.02;

  private InventedPeople() {}

  /** Returns a table of so many people, always the same. */
  public static DataFrame table(int rows) {
    Rng rng = new Rng(SEED);
    Object[][] c = new Object[10][rows];
    for (int r = 0; r < rows; r++) {
      int school = Math.min(rng.nextInt(SCHOOL.length), rng.nextInt(SCHOOL.length));
      int marital = rng.nextInt(MARITAL.length);
      int job = rng.nextInt(JOB.length);
      int age = 18 + rng.nextInt(60);
      double score =
          .55 * (YEARS[school] - 11)
              + JOB_SCORE[job]
              + (marital == 1 ? 1.8 : -.8)
              - Math.pow((age - 50) / 18.0, 2)
              - .9;
      boolean high = rng.nextDouble() < 1 / (1 + Math.exp(-2 * score));
      c[0][r] = (long) age;
      c[1][r] = WORK[rng.nextInt(WORK.length)];
      c[2][r] = (long) (20_000 + rng.nextInt(400_000));
      c[3][r] = SCHOOL[school];
      c[4][r] = rng.nextBoolean(GAPS) ? null : (double) YEARS[school];
      c[5][r] = MARITAL[marital];
      c[6][r] = rng.nextBoolean(GAPS) ? null : JOB[job];
      c[7][r] = marital == 1 ? (rng.nextBoolean(.5) ? "Husband" : "Wife") : "Not-in-family";
      c[8][r] = RACE[rng.nextInt(RACE.length)];
      c[9][r] = high ? ">=50k" : "<50k";
    }
    return DataFrame.byColumn(
            "age",
            "workclass",
            "fnlwgt",
            "education",
            "education-num",
            "marital-status",
            "occupation",
            "relationship",
            "race",
            "salary")
        .of(Arrays.stream(c).map(Series::of).toArray(Series[]::new));
  }
}
