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
import org.onecycle.tabular.Tables;
import org.onecycle.tabular.TabularData;
import org.onecycle.tabular.TabularLearner;
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

  @Test
  @DisplayName("E2E-03 dot products with biases learn the ratings: fastai has .656 to .665")
  void movielens() throws IOException {
    double mse = last(run("movielens", "movie_lens_sample"), "mse");
    // The mean rating has .954.
    assertTrue(mse > .6 && mse < .7, "mean squared error " + mse);
  }

  @Test
  @DisplayName("E2E-04 incomes on the rows that fastai's split validates: .8368 to .8401")
  void adult() {
    DataFrame people = Tables.readCsv(shared("data/adult_sample").resolve("adult.csv"));
    int[] order = new TorchRandom(42).permutation(people.height());
    int cut = people.height() / 5;
    TabularData data =
        TabularData.of(people)
            .catNames(
                "workclass", "education", "marital-status", "occupation", "relationship", "race")
            .contNames("age", "fnlwgt", "education-num")
            .yNames("salary")
            .splits(
                new Splits(Arrays.copyOfRange(order, cut, order.length), Arrays.copyOf(order, cut)))
            .build();
    TabularLearner learn =
        TabularLearner.of(data.dataLoaders(64, 64, 42)).metrics(accuracy()).seed(42).build();
    List<EpochRecord> history = learn.fitOneCycle(3);
    double reached = history.get(2).metrics().get("accuracy");
    assertTrue(reached > .832 && reached < .848, "accuracy " + reached);
    assertEquals(.351, history.get(2).validLoss(), .01);
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
