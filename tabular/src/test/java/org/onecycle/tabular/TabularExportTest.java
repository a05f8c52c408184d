package org.onecycle.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.CategoryBlock;
import org.onecycle.data.ColReader;
import org.onecycle.data.DataBlock;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.Row;
import org.onecycle.learner.Learner;
import org.onecycle.learner.Prediction;
import org.onecycle.learner.Predictor;
import org.onecycle.loss.CrossEntropyLossFlat;
import org.onecycle.nn.GELU;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tabular.collab.CollabDataLoaders;
import org.onecycle.tabular.collab.CollabLearner;
import org.onecycle.tabular.collab.CollabLearnerBuilder;
import org.onecycle.tensor.Rng;

/** What an export says of a row is exactly what its learner says. */
class TabularExportTest {
  private static final int N = 200;

  @TempDir private Path folder;

  private static DataFrame df() {
    Rng rng = new Rng(3);
    Object[][] c = new Object[7][N];
    String[] colours = {"blue", "green", "red"};
    for (int i = 0; i < N; i++) {
      int colour = rng.nextInt(3);
      double x = rng.nextGaussian() / 3;
      c[0][i] = colours[colour];
      c[1][i] = i % 9 == 0 ? null : x;
      c[2][i] = 1e5 * rng.nextGaussian();
      c[3][i] = x + colour - 1 > 0 ? "yes" : "no";
      c[4][i] = 10 * (x + colour);
      c[5][i] = rng.nextInt(4) / 2.0;
      c[6][i] = rng.nextGaussian();
    }
    return DataFrame.byColumn("colour", "x", "noise", "y", "amount", "half", "other")
        .of(Arrays.stream(c).map(Series::of).toArray(Series[]::new));
  }

  private static TabularDataLoaders loaders(String... y) {
    return TabularData.of(df())
        .catNames("colour", "half")
        .contNames("x", "noise")
        .yNames(y)
        .build()
        .dataLoaders(32);
  }

  private static TabularLearner learner(TabularDataLoaders dls, TabularConfig config) {
    return TabularLearner.of(dls)
        .layers(20, 10)
        .config(config)
        .with(b -> b.progress(ProgressOutput.none()))
        .build();
  }

  private static List<Map<String, Object>> questions() {
    List<Map<String, Object>> out = new ArrayList<>();
    Map<String, Object> row =
        new HashMap<>(Map.of("colour", "red", "half", 1.5, "x", 1 / 3.0, "noise", 12_345));
    out.add(Map.copyOf(row));
    row.put("x", null);
    out.add(new HashMap<>(row));
    row.put("noise", null);
    row.put("colour", "never seen");
    out.add(new HashMap<>(row));
    row.put("half", 1L);
    out.add(row);
    return out;
  }

  private TabularPredictor agrees(TabularLearner learn) {
    Path file = folder.resolve("rows.safetensors");
    learn.learner().export(file);
    Predictor plain = Predictor.load(file);
    TabularPredictor predictor = TabularPredictor.load(file);
    for (Map<String, Object> row : questions()) {
      Prediction expected = learn.learner().predict(row);
      Prediction got = plain.predict(row);
      assertEquals(expected.decoded(), got.decoded());
      assertArrayEquals(expected.activated().toFloats(), got.activated().toFloats());
      TabularPrediction whole = learn.predict(row);
      assertEquals(whole.row(), predictor.predict(row).row());
      assertEquals(whole.decoded(), predictor.predict(row).decoded());
      assertArrayEquals(
          whole.activated().toFloats(), predictor.predict(row).activated().toFloats());
    }
    DataFrame expected = learn.predict(df());
    DataFrame got = predictor.predict(df());
    assertEquals(expected.getColumnsIndex(), got.getColumnsIndex());
    for (String name : expected.getColumnsIndex()) {
      for (int r = 0; r < N; r++) {
        Object e = expected.get(name, r);
        Object g = got.get(name, r);
        if (e instanceof Double d && name.contains("_pr")) {
          assertEquals(d, (Double) g, 1e-5 * (1 + Math.abs(d)), name + " " + r);
        } else {
          assertEquals(e, g, name + " " + r);
        }
      }
    }
    DataFrame none = predictor.predict(df().head(0));
    assertEquals(expected.getColumnsIndex(), none.getColumnsIndex());
    return predictor;
  }

  @Test
  @DisplayName("categories of rows: fills, categories, means and classes come back exactly")
  void classifier() throws Exception {
    TabularLearner learn = learner(loaders("y"), TabularConfig.DEFAULT);
    learn.fitOneCycle(2, 1e-2);
    TabularPredictor p = agrees(learn);
    assertEquals(List.of("no", "yes"), p.predictor().vocab());
    assertEquals(learn.model().toString(), p.predictor().model().toString());
    Map<String, Object> some = new HashMap<>(questions().get(0));
    some.remove("noise");
    String missing =
        assertThrows(IllegalArgumentException.class, () -> p.predictor().predict(some))
            .getMessage();
    assertTrue(missing.contains("noise"), missing);
    String table =
        assertThrows(IllegalArgumentException.class, () -> p.predictor().predict(df()))
            .getMessage();
    assertTrue(table.contains("expected a row"), table);
    Map<String, Object> bad = new HashMap<>(questions().get(0));
    bad.put("noise", "many");
    String number =
        assertThrows(
                IllegalArgumentException.class,
                () -> p.predict(df().head(150).vConcat(Tables.ofRows(List.of(bad)))))
            .getMessage();
    assertTrue(number.contains("row " + 150), number);
    String header =
        Files.readString(folder.resolve("rows.safetensors"), StandardCharsets.ISO_8859_1);
    assertFalse(header.contains("org.onecycle."), "no class names");
  }

  @Test
  @DisplayName("numbers of rows, one or several, and every setting of the model")
  void regression() {
    TabularLearner one =
        learner(loaders("amount"), TabularConfig.DEFAULT.withPs(.1, .2).withEmbedP(.1));
    one.fitOneCycle(1, 1e-2);
    agrees(one);
    agrees(
        learner(
            loaders("amount", "other"),
            TabularConfig.DEFAULT
                .withYRange(-3, 30)
                .withBnCont(false)
                .withBnFinal(true)
                .withAct(GELU::new)
                .withLinFirst(false)));
    TabularDataLoaders few =
        TabularData.of(df())
            .contNames("x", "noise")
            .yNames("amount")
            .procs(
                new FillMissing(FillStrategy.CONSTANT).withFillVal("x", .1).withAddCol(false),
                new Normalize())
            .build()
            .dataLoaders(32);
    agrees(learner(few, TabularConfig.DEFAULT.withUseBn(false)));
    agrees(
        learner(
            TabularData.of(df()).catNames("colour").yNames("y").build().dataLoaders(32),
            TabularConfig.DEFAULT));
  }

  private static DataFrame ratings() {
    Rng rng = new Rng(5);
    Object[][] c = new Object[3][N];
    for (int i = 0; i < N; i++) {
      c[0][i] = "user" + rng.nextInt(12);
      c[1][i] = rng.nextInt(15);
      c[2][i] = (double) rng.nextInt(11) / 2;
    }
    return DataFrame.byColumn("user", "film", "rating")
        .of(Arrays.stream(c).map(Series::of).toArray(Series[]::new));
  }

  @Test
  @DisplayName("ratings by dot product or by the neural model, of users and items seen or not")
  void collab() {
    CollabLearnerBuilder dot =
        CollabLearner.of(CollabDataLoaders.fromDf(ratings())).nFactors(5).yRange(0, 5.5);
    CollabLearnerBuilder nn =
        CollabLearner.of(CollabDataLoaders.fromDf(ratings())).useNn(true).layers(8).yRange(0, 5.5);
    CollabLearnerBuilder open = CollabLearner.of(CollabDataLoaders.fromDf(ratings())).nFactors(3);
    for (CollabLearnerBuilder builder : List.of(dot, nn, open)) {
      CollabLearner learn = builder.with(b -> b.progress(ProgressOutput.none())).build();
      learn.fitOneCycle(1, 5e-3);
      Path file = folder.resolve("ratings.safetensors");
      learn.learner().export(file);
      TabularPredictor p = TabularPredictor.load(file);
      for (Map<String, Object> row :
          List.<Map<String, Object>>of(
              Map.of("user", "user3", "film", 7), Map.of("user", "nobody", "film", 99))) {
        Prediction expected = learn.learner().predict(row);
        Prediction got = p.predictor().predict(row);
        assertEquals(expected.decoded(), got.decoded());
        assertArrayEquals(expected.activated().toFloats(), got.activated().toFloats());
      }
      DataFrame expected = learn.predict(ratings());
      DataFrame got = p.predict(ratings());
      assertEquals(expected.getColumnsIndex(), got.getColumnsIndex());
      for (int r = 0; r < N; r++) {
        assertEquals(
            (Double) expected.get("rating_pred", r), (Double) got.get("rating_pred", r), 1e-6);
      }
    }
  }

  @Test
  @DisplayName("columns of rows as blocks: two inputs read off one row")
  void blocks() {
    DataFrame df = df();
    DataLoaders dls =
        DataBlock.<DataFrame, Row>builder(t -> Tables.rows(t))
            .blocks(
                TabularBlock.cats("colour", "half"),
                TabularBlock.conts("x", "noise"),
                CategoryBlock.of())
            .getY(ColReader.of("y"))
            .build()
            .dataLoaders(df, o -> o.bs(32).workers(0));
    TabularModel model =
        new TabularModel(
            List.of(EmbSz.of(4), EmbSz.of(5)), 2, 2, List.of(8), TabularConfig.DEFAULT);
    Learner learn =
        Learner.of(dls, model)
            .lossFunc(new CrossEntropyLossFlat())
            .progress(ProgressOutput.none())
            .build();
    learn.fit(1, 1e-2);
    Path file = folder.resolve("blocks.safetensors");
    learn.export(file);
    Predictor p = Predictor.load(file);
    for (Row row : Tables.rows(df).subList(0, 20)) {
      Prediction expected = learn.predict(row);
      Prediction got = p.predict(row);
      assertEquals(expected.decoded(), got.decoded());
      assertArrayEquals(expected.activated().toFloats(), got.activated().toFloats());
    }
    String other =
        assertThrows(IllegalArgumentException.class, () -> TabularPredictor.load(file))
            .getMessage();
    assertTrue(other.contains("expected the export of a learner of tables"), other);
  }
}
