package org.onecycle.tabular.collab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tabular.EmbSz;
import org.onecycle.tabular.TabularConfig;
import org.onecycle.tabular.TabularDataLoaders;
import org.onecycle.tabular.TabularModel;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class CollabTest {
  private static final int USERS = 40;
  private static final int ITEMS = 30;

  /** Ratings of users and items who are generous, good and of two tastes. */
  private static DataFrame ratings() {
    Rng rng = new Rng(5);
    double[] generous = rng(USERS, rng);
    double[] good = rng(ITEMS, rng);
    int n = USERS * ITEMS;
    int[] order = rng.permutation(n);
    Object[][] c = new Object[3][n];
    for (int k = 0; k < n; k++) {
      int u = order[k] / ITEMS;
      int i = order[k] % ITEMS;
      double taste = u % 2 == i % 2 ? .7 : -.7;
      c[0][k] = "user" + u;
      c[1][k] = i;
      c[2][k] = Math.max(0, Math.min(5, 2.5 + .5 * generous[u] + .7 * good[i] + taste));
    }
    return DataFrame.byColumn("user", "item", "rating")
        .of(Arrays.stream(c).map(Series::of).toArray(Series[]::new));
  }

  private static double[] rng(int n, Rng rng) {
    double[] out = new double[n];
    Arrays.setAll(out, i -> rng.nextGaussian());
    return out;
  }

  @Test
  @DisplayName("TAB-20 shapes and names; answers stay within the range")
  void model() {
    EmbeddingDotBias model = new EmbeddingDotBias(50, 944, 1635, new double[] {0, 5});
    Map<String, Tensor> state = model.stateDict();
    assertEquals(
        List.of("u_weight.weight", "i_weight.weight", "u_bias.weight", "i_bias.weight"),
        List.copyOf(state.keySet()));
    assertArrayEquals(new long[] {944, 50}, state.get("u_weight.weight").shape());
    assertArrayEquals(new long[] {1635, 50}, state.get("i_weight.weight").shape());
    assertArrayEquals(new long[] {944, 1}, state.get("u_bias.weight").shape());
    assertArrayEquals(new long[] {1635, 1}, state.get("i_bias.weight").shape());
    Tensor y = model.call(Tensor.of(new long[] {943, 1634, 0, 5}, 2, 2));
    assertArrayEquals(new long[] {2}, y.shape());
    for (float v : y.toFloats()) {
      assertTrue(v > 0 && v < 5, "got " + v);
    }
  }

  @Test
  void ratingIsTheDotProductAndTheBiases() {
    EmbeddingDotBias model = new EmbeddingDotBias(2, 2, 3, null);
    model.loadStateDict(
        Map.of(
            "u_weight.weight", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2),
            "i_weight.weight", Tensor.of(new float[] {5, 6, 7, 8, 9, 10}, 3, 2),
            "u_bias.weight", Tensor.of(new float[] {.5f, .25f}, 2, 1),
            "i_bias.weight", Tensor.of(new float[] {100, 200, 300}, 3, 1)));
    float[] y = model.call(Tensor.of(new long[] {0, 2, 1, 0}, 2, 2)).toFloats();
    assertArrayEquals(new float[] {9 + 20 + .5f + 300, 15 + 24 + .25f + 100}, y, 1e-4f);
    assertThrows(
        IllegalArgumentException.class, () -> model.call(Tensor.of(new long[] {0, 1, 2}, 1, 3)));
  }

  @Test
  void learnsRatings() {
    TabularDataLoaders dls = CollabDataLoaders.fromDf(ratings());
    assertEquals(List.of("user", "item"), dls.data().catNames());
    CollabLearner learn =
        CollabLearner.of(dls)
            .nFactors(8)
            .yRange(-.5, 5.5)
            .with(b -> b.progress(ProgressOutput.none()))
            .build();
    double before = learn.validate().loss();
    learn.fitOneCycle(12, 3e-2, .01);
    double mse = learn.validate().loss();
    assertTrue(mse < before / 5, "mean squared error " + before + " -> " + mse);

    DataFrame pairs =
        DataFrame.byColumn("user", "item").of(Series.of("user0", "nobody"), Series.of(3, 3));
    DataFrame got = learn.predict(pairs);
    assertEquals(List.of("user", "item", "rating_pred"), List.of(got.getColumnsIndex().toArray()));
    assertTrue((Double) got.get("rating_pred", 0) > -.5);
    assertEquals(0, learn.predict(pairs.head(0)).height());

    Map<String, Double> bias = learn.bias(true);
    assertEquals(ITEMS + 1, bias.size());
    Tensor vectors = learn.weight(List.of("user3", "user0"), false);
    assertArrayEquals(new long[] {2, 8}, vectors.shape());
    assertThrows(IllegalArgumentException.class, () -> learn.weight(List.of("nobody"), false));
  }

  @Test
  void learnsRatingsWithANeuralModel() {
    CollabLearner learn =
        CollabLearner.of(CollabDataLoaders.fromDf(ratings()))
            .useNn(true)
            .yRange(-.5, 5.5)
            .with(b -> b.progress(ProgressOutput.none()))
            .build();
    assertEquals(
        List.of("embeds.0.weight", "embeds.1.weight", "layers.0.0.weight"),
        List.copyOf(learn.model().namedParameters().keySet()).subList(0, 3));
    double before = learn.validate().loss();
    learn.fitOneCycle(8, 1e-2);
    assertTrue(learn.validate().loss() < before / 3, "from " + before);
    assertThrows(IllegalStateException.class, () -> learn.bias(true));
  }

  @Test
  void theNeuralModelHasOneHiddenLayer() {
    TabularModel model =
        EmbeddingNN.create(
            List.of(new EmbSz(5, 3), new EmbSz(6, 3)), List.of(50), TabularConfig.DEFAULT);
    assertArrayEquals(
        new long[] {2, 1}, model.call(Tensor.of(new long[] {0, 1, 2, 3}, 2, 2)).shape());
  }

  @Test
  void tablesThatAreNoRatingsAreNamed() {
    DataFrame two = ratings().cols("user", "item").select();
    String got =
        assertThrows(IllegalArgumentException.class, () -> CollabDataLoaders.fromDf(two))
            .getMessage();
    assertTrue(got.contains("got [user, item]"), got);
    DataFrame text =
        DataFrame.byColumn("user", "item", "rating")
            .of(Series.of(1, 2), Series.of(1, 2), Series.of(4.0, "good"));
    got =
        assertThrows(IllegalArgumentException.class, () -> CollabDataLoaders.fromDf(text))
            .getMessage();
    assertEquals("column rating, row 1: expected a number, got 'good'", got);
  }
}
