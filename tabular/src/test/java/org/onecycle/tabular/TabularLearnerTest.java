package org.onecycle.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.onecycle.metric.Metrics.accuracy;
import static org.onecycle.metric.Metrics.rmse;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.junit.jupiter.api.Test;
import org.onecycle.data.Batch;
import org.onecycle.data.Splitters;
import org.onecycle.learner.Prediction;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.loss.MSELossFlat;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;

class TabularLearnerTest {
  private static final int N = 600;

  /** The bigger the x and the warmer the colour, the more likely "yes"; gaps mean "no". */
  private static DataFrame df() {
    Rng rng = new Rng(3);
    Object[][] c = new Object[5][N];
    String[] colours = {"blue", "green", "red"};
    for (int i = 0; i < N; i++) {
      int colour = rng.nextInt(3);
      double x = rng.nextGaussian();
      boolean gap = rng.nextBoolean(.1);
      c[0][i] = colours[colour];
      c[1][i] = gap ? null : x;
      c[2][i] = rng.nextGaussian();
      double score = gap ? -3 : x + colour - 1;
      c[3][i] = score + .1 * rng.nextGaussian() > 0 ? "yes" : "no";
      c[4][i] = 10 * score;
    }
    return DataFrame.byColumn("colour", "x", "noise", "y", "amount")
        .of(Arrays.stream(c).map(Series::of).toArray(Series[]::new));
  }

  private static TabularDataLoaders loaders(String y) {
    return TabularData.of(df())
        .catNames("colour")
        .contNames("x", "noise")
        .yNames(y)
        .build()
        .dataLoaders(32);
  }

  private static TabularLearner classifier() {
    TabularLearner learn =
        TabularLearner.of(loaders("y"))
            .layers(20, 10)
            .metrics(accuracy())
            .with(b -> b.progress(ProgressOutput.none()))
            .build();
    learn.fitOneCycle(5, 1e-2);
    return learn;
  }

  @Test
  void learnsCategoriesAndPredictsRowsAndTables() {
    TabularLearner learn = classifier();
    assertInstanceOf(CrossEntropyLossFlat.class, learn.learner().lossFunc());
    double accuracy = learn.validate().metrics().get("accuracy");
    assertTrue(accuracy > .93, "accuracy " + accuracy);

    Map<String, Object> row = new HashMap<>(Map.of("colour", "red", "x", 2.0, "noise", 0));
    TabularPrediction p = learn.predict(row);
    assertEquals("yes", p.decoded());
    assertEquals(1, p.target().item());
    float[] probabilities = p.activated().toFloats();
    assertEquals(1, probabilities[0] + probabilities[1], 1e-6);
    assertTrue(probabilities[1] > .9);
    assertEquals(List.of("colour", "x_na", "x", "noise", "y"), List.copyOf(p.row().keySet()));
    assertEquals("false", p.row().get("x_na"));
    assertEquals(2, (Double) p.row().get("x"), 1e-6);
    assertEquals("yes", p.row().get("y"));

    row.put("x", null);
    assertEquals("no", learn.predict(row).decoded(), "a gap was learnt to mean no");
    assertEquals("true", learn.predict(row).row().get("x_na"));
    row.put("colour", "never seen");
    assertEquals("#na#", learn.predict(row).row().get("colour"));
    row.remove("noise");
    assertThrows(IllegalArgumentException.class, () -> learn.predict(row));

    DataFrame some = df().head(50);
    DataFrame got = learn.predict(some);
    assertEquals(
        List.of("colour", "x", "noise", "y", "amount", "y_pred", "y_prob_no", "y_prob_yes"),
        List.of(got.getColumnsIndex().toArray()));
    for (int r = 0; r < 50; r++) {
      TabularPrediction one = learn.predict(rowOf(some, r));
      assertEquals(one.decoded(), got.get("y_pred", r));
      assertEquals(one.activated().toFloats()[1], (Double) got.get("y_prob_yes", r), 1e-5);
    }
    assertEquals(0, learn.predict(df().head(0)).height());
    assertTrue(learn.predict(df().head(0)).getColumnsIndex().contains("y_prob_yes"));
  }

  private static Map<String, Object> rowOf(DataFrame df, int r) {
    Map<String, Object> row = new HashMap<>();
    df.getColumnsIndex().forEach(name -> row.put(name, df.get(name, r)));
    return row;
  }

  @Test
  void theLearnerItselfPredictsARowToo() {
    TabularLearner learn = classifier();
    Prediction p = learn.learner().predict(Map.of("colour", "blue", "x", -2.0, "noise", 0));
    assertEquals("no", p.decoded());
  }

  @Test
  void learnsNumbers() {
    TabularLearner learn =
        TabularLearner.of(loaders("amount"))
            .layers(20, 10)
            .yRange(-60, 60)
            .metrics(rmse())
            .with(b -> b.progress(ProgressOutput.none()))
            .build();
    assertInstanceOf(MSELossFlat.class, learn.learner().lossFunc());
    learn.fitOneCycle(8, 3e-2);
    double rmse = learn.validate().metrics().get("rmse");
    assertTrue(rmse < 5, "rmse " + rmse + " of numbers with deviation 15");
    TabularPrediction p = learn.predict(Map.of("colour", "red", "x", 1.0, "noise", 0));
    assertEquals(20, (Double) p.decoded(), 6);
    DataFrame got = learn.predict(df().head(3));
    assertEquals(
        (Double) learn.predict(rowOf(df(), 2)).decoded(), (Double) got.get("amount_pred", 2), 1e-4);
  }

  @Test
  void oneSeedOneHistory() {
    assertArrayEquals(
        classifier().learner().getPreds().preds().toFloats(),
        classifier().learner().getPreds().preds().toFloats());
  }

  /** fastai draws training rows with replacement; every epoch here reads each row once. */
  @Test
  void everyEpochPermutesTheTrainingRows() {
    TabularDataLoaders dls =
        TabularData.of(df())
            .contNames("noise")
            .yNames("y")
            .splitter(Splitters.end(.2, true))
            .build()
            .dataLoaders(32);
    for (int epoch = 0; epoch < 2; epoch++) {
      Set<Integer> seen = new HashSet<>();
      for (Batch b : dls.train()) {
        for (int i : b.indices()) {
          assertTrue(seen.add(i), "row " + i + " twice in an epoch");
        }
      }
      assertEquals(480, seen.size());
    }
  }

  @Test
  void severalNumbersAreOneTarget() {
    TabularDataLoaders dls =
        TabularData.of(df()).catNames("colour").yNames("noise", "amount").build().dataLoaders(32);
    assertArrayEquals(new long[] {32, 2}, dls.train().oneBatch().target(0).shape());
    TabularLearner learn =
        TabularLearner.of(dls).with(b -> b.progress(ProgressOutput.none())).build();
    learn.fitOneCycle(1);
    DataFrame got = learn.predict(df().head(2));
    assertTrue(got.getColumnsIndex().contains("noise_pred"));
    assertTrue(got.getColumnsIndex().contains("amount_pred"));
  }

  @Test
  void showBatchIsReadByPeople() {
    TabularDataLoaders dls = loaders("y");
    DataFrame got = dls.showBatch(5);
    assertEquals(5, got.height());
    assertEquals(
        List.of("colour", "x_na", "x", "noise", "y"), List.of(got.getColumnsIndex().toArray()));
    assertTrue(Set.of("yes", "no").contains(got.get("y", 0)));
    assertTrue(Set.of("blue", "green", "red").contains(got.get("colour", 0)));
  }

  @Test
  void aTableWithoutTargetHasNoLearner() {
    TabularDataLoaders dls = TabularData.of(df()).contNames("noise").build().dataLoaders(32);
    assertThrows(IllegalArgumentException.class, () -> TabularLearner.of(dls).build());
  }
}
