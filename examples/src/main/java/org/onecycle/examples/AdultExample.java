package org.onecycle.examples;

import static org.onecycle.metric.Metrics.accuracy;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dflib.DataFrame;
import org.onecycle.data.Splits;
import org.onecycle.data.Splitters;
import org.onecycle.examples.tables.InventedPeople;
import org.onecycle.io.Urls;
import org.onecycle.learner.EpochRecord;
import org.onecycle.tabular.Tables;
import org.onecycle.tabular.TabularData;
import org.onecycle.tabular.TabularDataLoaders;
import org.onecycle.tabular.TabularLearner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Learns from a census who earns $50,000 a year: fastai's tabular tutorial. */
@Command(
    name = "adult",
    description = {
      "Learns from a census who earns $50,000 a year.",
      "--data is a folder with adult.csv. Without it the file is downloaded once, or people are"
          + " invented where there is no network. Defaults: --epochs 3 --bs 64."
    })
final class AdultExample implements Callable<Integer> {
  private static final int EPOCHS = 3;
  private static final int BS = 64;
  private static final int SHOWN = 5;
  private static final int SAMPLE_ROWS = 8000;
  private static final String TARGET = "salary";
  private static final TableFile FILE =
      new TableFile(
          "Adult census",
          List.of("adult.csv"),
          Urls.ADULT_SAMPLE,
          Urls.ADULT_SAMPLE.name(),
          Tables::readCsv,
          () -> InventedPeople.table(SAMPLE_ROWS),
          SAMPLE_ROWS + " invented people");

  @Mixin private CommonOptions options;

  @Override
  public Integer call() {
    RunLog log = new RunLog("adult", options.seed(), System.out);
    DataFrame people = FILE.read(options, System.out);
    Splits splits =
        Splitters.random(options.seed()).split(Collections.nCopies(people.height(), people));
    TabularData data =
        TabularData.of(people)
            .catNames(
                "workclass", "education", "marital-status", "occupation", "relationship", "race")
            .contNames("age", "fnlwgt", "education-num")
            .yNames(TARGET)
            .splits(splits)
            .build();
    int bs = options.bsOr(BS);
    TabularDataLoaders dls = data.dataLoaders(bs, bs, options.seed());
    System.out.printf(
        "%d people to train on, %d to validate, batches of %d%n",
        dls.train().itemCount(), dls.valid().itemCount(), bs);

    TabularLearner learn = TabularLearner.of(dls).metrics(accuracy()).seed(options.seed()).build();
    List<EpochRecord> history = learn.fitOneCycle(options.epochsOr(EPOCHS));

    show(learn, people, splits, System.out);
    log.finish(history, learn.validate().metrics(), options.report());
    return 0;
  }

  private static void show(TabularLearner learn, DataFrame people, Splits splits, PrintStream out) {
    int[] valid = splits.valid();
    int[] some = Arrays.copyOf(valid, Math.min(SHOWN, valid.length));
    DataFrame answers = learn.predict(people.rows(some).select());
    String high = "salary_prob_" + learn.dls().data().vocab().get(1);
    out.println("Some people of the validation part:");
    for (int r = 0; r < answers.height(); r++) {
      Object truth = answers.get(TARGET, r);
      Object said = answers.get(TARGET + "_pred", r);
      out.printf(
          Locale.ROOT,
          "  %s,%s,%s: %s, predicted %s (%.2f)%s%n",
          answers.get("age", r),
          answers.get("education", r),
          answers.get("occupation", r),
          truth,
          said,
          answers.get(high, r),
          said.equals(truth) ? "" : "  <- wrong");
    }
  }
}
