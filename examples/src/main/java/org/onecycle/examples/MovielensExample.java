package org.onecycle.examples;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.dflib.DataFrame;
import org.onecycle.data.CategoryMap;
import org.onecycle.examples.tables.InventedRatings;
import org.onecycle.io.Urls;
import org.onecycle.learner.EpochRecord;
import org.onecycle.metric.Metrics;
import org.onecycle.tabular.Tables;
import org.onecycle.tabular.TabularDataLoaders;
import org.onecycle.tabular.collab.CollabDataLoaders;
import org.onecycle.tabular.collab.CollabLearner;
import org.onecycle.tabular.collab.CollabLearnerBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns who likes which film: collaborative filtering. */
@Command(
    name = "movielens",
    description = {
      "Learns who likes which film.",
      "--data is a folder with ratings.csv (userId, movieId, rating). Without it the file is"
          + " downloaded once, or ratings are invented where there is no network. Defaults: --epochs"
          + " 5 --bs 64."
    })
final class MovielensExample implements Callable<Integer> {
  private static final int EPOCHS = 5;
  private static final int BS = 64;
  private static final double LR = 5e-3;
  private static final double WD = 0.1;
  private static final double VALID_PCT = 0.2;
  private static final double HIGHEST = 5.5;
  private static final int SHOWN = 5;
  private static final TableFile FILE =
      new TableFile(
          "MovieLens",
          List.of("ratings.csv"),
          Urls.ML_SAMPLE,
          Urls.ML_SAMPLE.name(),
          Tables::readCsv,
          InventedRatings::table,
          "invented ratings of 100 films by 100 people");

  @Mixin private CommonOptions options;

  @Option(names = "--nn", description = "Use the neural model instead of the dot product.")
  private boolean nn;

  @Override
  public Integer call() {
    RunLog log = new RunLog("movielens", options.seed(), System.out);
    DataFrame ratings = FILE.read(options, System.out);
    int bs = options.bsOr(BS);
    TabularDataLoaders dls =
        CollabDataLoaders.fromDf(
            ratings, "userId", "movieId", "rating", VALID_PCT, bs, options.seed());
    System.out.printf(
        "%d ratings to train on, %d to validate, batches of %d%n",
        dls.train().itemCount(), dls.valid().itemCount(), bs);

    CollabLearnerBuilder builder =
        CollabLearner.of(dls)
            .useNn(nn)
            .yRange(0, HIGHEST)
            .metrics(Metrics.mse())
            .seed(options.seed());
    CollabLearner learn = builder.build();
    List<EpochRecord> history = learn.fitOneCycle(options.epochsOr(EPOCHS), LR, WD);

    if (!nn) {
      System.out.println("Films that are liked whatever one's taste: " + best(learn));
    }
    log.finish(history, learn.validate().metrics(), options.report());
    return 0;
  }

  private static String best(CollabLearner learn) {
    return learn.bias(true).entrySet().stream()
        .filter(e -> !e.getKey().equals(CategoryMap.NA))
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .map(e -> String.format(Locale.ROOT, "%s (%+.2f)", e.getKey(), e.getValue()))
        .collect(Collectors.joining(", "));
  }
}
