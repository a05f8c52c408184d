package org.onecycle.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.onecycle.metric.Metrics.accuracy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dflib.DataFrame;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Splits;
import org.onecycle.learner.EpochRecord;
import org.onecycle.tabular.Categorify;
import org.onecycle.tabular.Tables;
import org.onecycle.tabular.TabularData;
import org.onecycle.tabular.TabularDataLoaders;
import org.onecycle.tabular.TabularLearner;
import org.onecycle.tabular.YBlock;
import org.onecycle.tabular.collab.CollabLearner;
import org.onecycle.testing.Fixtures;
import picocli.CommandLine;

/**
 * Short runs on real data against what fastai reaches on the same files; docs/results.md has the
 * long ones.
 */
class RealDataCurvesTest {
  private static final String WEIGHTS = "weights/resnet50-stride-in-1x1.safetensors";

  @TempDir Path folder;

  private static Path shared(String name) {
    Optional<Path> path = Fixtures.shared(name);
    assumeTrue(path.isPresent(), "no " + name + " where onecycle.shared says");
    return path.orElseThrow();
  }

  /** Runs an example on a data set and returns its report. */
  private JsonNode run(String example, String data, String... more) throws IOException {
    Path report = folder.resolve("report.json");
    List<String> args = new ArrayList<>(List.of(example, "--data=" + shared("data/" + data)));
    args.addAll(List.of(more));
    args.add("--report=" + report);
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(err));
    assertEquals(0, command.execute(args.toArray(new String[0])), err::toString);
    return new JsonMapper().readTree(report.toFile());
  }

  private static double last(JsonNode report, String metric) {
    return report.get("final").get(metric).asDouble();
  }

  @Test
  @DisplayName("E2E-02 two frozen and two unfrozen epochs of the Siamese network on real photos")
  void siamese() throws IOException {
    JsonNode report =
        run(
            "siamese",
            "oxford_pets_sample",
            "--weights=" + shared(WEIGHTS),
            "--size=64",
            "--epochs=2");
    double first = report.get("history").get(0).get("train_loss").asDouble();
    double last = report.get("history").get(3).get("train_loss").asDouble();
    assertTrue(last < .85 * first, report::toString);
  }

  /** fastai's random fifth of so many rows, with its seed 42. */
  private static Splits fastaiSplit(int rows) {
    int[] order = new TorchRandom(42).permutation(rows);
    int cut = rows / 5;
    return new Splits(Arrays.copyOfRange(order, cut, rows), Arrays.copyOf(order, cut));
  }

  @Test
  @DisplayName("E2E-03 ratings on the rows that fastai's split validates: .656 to .665")
  void movielens() {
    DataFrame ratings = Tables.readCsv(shared("data/movie_lens_sample").resolve("ratings.csv"));
    TabularDataLoaders dls =
        TabularData.of(ratings)
            .catNames("userId", "movieId")
            .yNames("rating")
            .yBlock(YBlock.REGRESSION)
            .procs(new Categorify())
            .splits(fastaiSplit(ratings.height()))
            .build()
            .dataLoaders(64, 64, 42);
    CollabLearner learn = CollabLearner.of(dls).yRange(0, 5.5).seed(42).build();
    // The mean rating has .954.
    assertEquals(.66, learn.fitOneCycle(5, 5e-3, .1).get(4).validLoss(), .03);
  }

  @Test
  @DisplayName("E2E-04 incomes on the rows that fastai's split validates: .8368 to .8401")
  void adult() {
    DataFrame people = Tables.readCsv(shared("data/adult_sample").resolve("adult.csv"));
    TabularDataLoaders dls =
        TabularData.of(people)
            .catNames(
                "workclass", "education", "marital-status", "occupation", "relationship", "race")
            .contNames("age", "fnlwgt", "education-num")
            .yNames("salary")
            .splits(fastaiSplit(people.height()))
            .build()
            .dataLoaders(64, 64, 42);
    TabularLearner learn = TabularLearner.of(dls).metrics(accuracy()).seed(42).build();
    EpochRecord reached = learn.fitOneCycle(3).get(2);
    assertEquals(.8384, reached.metrics().get("accuracy"), .006);
    assertEquals(.351, reached.validLoss(), .01);
  }

  @Test
  @DisplayName("E2E-06 a U-Net from scratch tells more than the most frequent class of the streets")
  void camvid() throws IOException {
    JsonNode report = run("camvid", "camvid_tiny", "--scratch", "--size=64", "--epochs=3");
    // The most frequent class has .281.
    assertTrue(last(report, "foreground_acc") > .4, report::toString);
  }

  @Test
  @DisplayName("E2E-07 threes and sevens from scratch in five epochs: fastai has .997 to .999")
  void mnist() throws IOException {
    assertTrue(last(run("mnist", "mnist_tiny"), "accuracy") > .98);
  }
}
