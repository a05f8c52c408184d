package org.onecycle.examples;

import static org.onecycle.metric.Metrics.rmse;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.onecycle.data.Splits;
import org.onecycle.data.Splitters;
import org.onecycle.examples.tables.HousingFile;
import org.onecycle.examples.tables.InventedHouses;
import org.onecycle.io.Urls;
import org.onecycle.learner.EpochRecord;
import org.onecycle.learner.Predictions;
import org.onecycle.tabular.TabularData;
import org.onecycle.tabular.TabularDataLoaders;
import org.onecycle.tabular.TabularLearner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Learns what houses cost from where they are and who lives there: a regression. */
@Command(
    name = "housing",
    description = {
      "Learns the logarithm of house prices from a census of California.",
      "--data is a folder with cal_housing.arff or cal_housing.data. Without it the file is"
          + " downloaded once, or houses are invented where there is no network. Defaults: --epochs"
          + " 10 --bs 64. Reported: rmse of the logarithm, r2, and the median relative error."
    })
final class HousingExample implements Callable<Integer> {
  private static final int EPOCHS = 10;
  private static final int BS = 64;
  private static final double LR = 1e-2;
  private static final double ROOM = 0.5;
  private static final int SAMPLE_ROWS = 8000;
  private static final String PRICE = "medianHouseValue";
  private static final String TARGET = "logValue";
  private static final List<String> ADDED =
      List.of(TARGET, "logHouseholds", "logRooms", "logBedrooms", "logPeople");
  private static final TableFile FILE =
      new TableFile(
          "California housing",
          List.of("cal_housing.arff", "cal_housing.data"),
          Urls.CALIFORNIA_HOUSING,
          "cal_housing.tgz",
          HousingFile::read,
          () -> InventedHouses.table(SAMPLE_ROWS),
          SAMPLE_ROWS + " invented blocks of houses");

  @Mixin private CommonOptions options;

  @Override
  public Integer call() {
    RunLog log = new RunLog("housing", options.seed(), System.out);
    DataFrame houses = prepared(FILE.read(options, System.out));
    Splits splits =
        Splitters.random(options.seed()).split(Collections.nCopies(houses.height(), houses));
    TabularData data =
        TabularData.of(houses)
            .contNames(
                "longitude",
                "latitude",
                "housingMedianAge",
                "medianIncome",
                "logHouseholds",
                "logRooms",
                "logBedrooms",
                "logPeople")
            .yNames(TARGET)
            .splits(splits)
            .build();
    int bs = options.bsOr(BS);
    TabularDataLoaders dls = data.dataLoaders(bs, bs, options.seed());
    System.out.printf(
        "%d blocks of houses to train on, %d to validate, batches of %d%n",
        dls.train().itemCount(), dls.valid().itemCount(), bs);

    double[] range = range(houses, splits.train());
    TabularLearner learn =
        TabularLearner.of(dls)
            .yRange(range[0], range[1])
            .metrics(rmse())
            .seed(options.seed())
            .build();
    List<EpochRecord> history = learn.fitOneCycle(options.epochsOr(EPOCHS), LR);

    Map<String, Double> metrics = new LinkedHashMap<>(learn.validate().metrics());
    metrics.putAll(scores(learn.learner().getPreds()));
    log.finish(history, metrics, options.report());
    return 0;
  }

  /**
   * Adds the logarithm of the price, and logarithms of the sizes: a few blocks are a hundred times
   * larger than the others.
   */
  private static DataFrame prepared(DataFrame df) {
    int n = df.height();
    Object[][] c = new Object[ADDED.size()][n];
    for (int r = 0; r < n; r++) {
      double households = number(df, "households", r);
      double rooms = number(df, "totalRooms", r);
      double[] row = {
        number(df, PRICE, r),
        households,
        rooms / households,
        number(df, "totalBedrooms", r) / rooms,
        number(df, "population", r) / households
      };
      for (int k = 0; k < row.length; k++) {
        c[k][r] = Math.log(row[k]);
      }
    }
    return df.hConcat(
        DataFrame.byColumn(ADDED.toArray(new String[0]))
            .of(Arrays.stream(c).map(Series::of).toArray(Series[]::new)));
  }

  /** The bounds of an answer: those of the prices to train on, with some room. */
  private static double[] range(DataFrame df, int... rows) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int r : rows) {
      low = Math.min(low, number(df, TARGET, r));
      high = Math.max(high, number(df, TARGET, r));
    }
    return new double[] {low - ROOM, high + ROOM};
  }

  private static double number(DataFrame df, String column, int row) {
    if (df.get(column, row) instanceof Number n) {
      return n.doubleValue();
    }
    throw new IllegalArgumentException(
        "column %s, row %d: expected a number, got '%s'"
            .formatted(column, row, df.get(column, row)));
  }

  /** The share of the variance that is explained, and the median error relative to the price. */
  private static Map<String, Double> scores(Predictions all) {
    double[] p = all.preds().toDoubles();
    double[] y = all.targets().get(0).toDoubles();
    double mean = Arrays.stream(y).average().orElse(0);
    double left = 0;
    double total = 0;
    double[] errors = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      left += (p[i] - y[i]) * (p[i] - y[i]);
      total += (y[i] - mean) * (y[i] - mean);
      errors[i] = Math.abs(Math.expm1(p[i] - y[i]));
    }
    Arrays.sort(errors);
    Map<String, Double> out = new LinkedHashMap<>();
    out.put("r2", 1 - left / total);
    out.put("median_relative_error", errors[errors.length / 2]);
    return out;
  }
}
