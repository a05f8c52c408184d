package org.onecycle.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.data.Splits;
import org.onecycle.data.Splitters;

class ProcsTest {
  private static DataFrame column(String name, Object... values) {
    return DataFrame.byColumn(name).of(Series.of(values));
  }

  private static TabularDataBuilder all(DataFrame df) {
    return TabularData.of(df).splitter(Splitters.end(0, true));
  }

  private static void assertColumn(DataFrame df, String name, Object... expected) {
    assertArrayEquals(expected, df.getColumn(name).toArray(new Object[0]), name);
  }

  private static void assertNumbers(DataFrame df, String name, double... expected) {
    double[] got = new double[df.height()];
    Arrays.setAll(got, r -> ((Number) df.get(name, r)).doubleValue());
    assertArrayEquals(expected, got, 2e-6, name);
  }

  @Test
  @DisplayName("TAB-01 categories are counted from 1")
  void categorify() {
    TabularData data =
        all(column("a", 0, 1, 2, 0, 2)).catNames("a").procs(new Categorify()).build();
    assertEquals(List.of("#na#", "0", "1", "2"), data.classes().get("a"));
    assertColumn(data.items(), "a", 1, 2, 3, 1, 3);
  }

  @Test
  @DisplayName("TAB-02 what was never seen is #na#")
  void unseen() {
    TabularData data =
        all(column("a", 0, 1, 2, 0, 2)).catNames("a").procs(new Categorify()).build();
    DataFrame got = data.process(column("a", 1, 0, 3, -1, 2));
    assertColumn(got, "a", 2, 1, 0, 0, 3);
    assertColumn(data.decode(got), "a", "1", "0", "#na#", "#na#", "2");
  }

  @Test
  @DisplayName("TAB-03 vocabularies come from training rows")
  void vocabularyOfTraining() {
    TabularData data =
        TabularData.of(column("a", 0, 1, 2, 3, 2))
            .catNames("a")
            .procs(new Categorify())
            .splits(new Splits(new int[] {0, 1, 2}, new int[] {3, 4}))
            .build();
    assertColumn(data.items(), "a", 1, 2, 3, 0, 3);
  }

  @Test
  @DisplayName("TAB-04 declared categories keep their order")
  void declared() {
    TabularData data =
        all(column("a", "M", "H", "L", "M"))
            .catNames("a")
            .procs(new Categorify().withCategories("a", List.of("H", "M", "L")))
            .build();
    assertColumn(data.items(), "a", 2, 1, 3, 2);
  }

  @Test
  void aNumberIsTheSameCategoryWholeOrNot() {
    TabularData data = all(column("a", 1, 2, 1)).catNames("a").procs(new Categorify()).build();
    assertColumn(data.process(column("a", 1.0, 2L, null)), "a", 1, 2, 0);
  }

  @Test
  @DisplayName("TAB-06 normalised by the population's deviation")
  void normalize() {
    TabularData data =
        all(column("a", 0, 1, 2, 3, 4)).contNames("a").procs(new Normalize()).build();
    assertEquals(2, data.means().get("a"), 1e-12);
    assertEquals(Math.sqrt(2) + 1e-7, data.stds().get("a"), 1e-12);
    assertNumbers(data.items(), "a", -1.414214, -.707107, 0, .707107, 1.414214);
    DataFrame more = data.process(column("a", 5, 6, 7));
    assertNumbers(more, "a", 2.12132, 2.828427, 3.535534);
    assertNumbers(data.decode(more), "a", 5, 6, 7);
  }

  @Test
  @DisplayName("TAB-06 normalised by the training rows")
  void normalizeByTraining() {
    TabularData data =
        TabularData.of(column("a", 0, 1, 2, 3, 4))
            .contNames("a")
            .procs(new Normalize())
            .splits(new Splits(new int[] {0, 1, 2}, new int[] {3, 4}))
            .build();
    assertNumbers(data.items(), "a", -1.224745, 0, 1.224745, 2.44949, 3.674235);
  }

  @Test
  @DisplayName("TAB-07 gaps filled by median, constant and mode")
  void fillMissing() {
    DataFrame df = column("a", 0, 1, Double.NaN, 1, 2, 3, 4);
    double[] fills = {1.5, 0, 1};
    for (FillStrategy s : FillStrategy.values()) {
      TabularData data = all(df).contNames("a").procs(new FillMissing(s)).build();
      double fill = fills[s.ordinal()];
      assertEquals(fill, data.naDict().get("a"));
      assertNumbers(data.items(), "a", 0, 1, fill, 1, 2, 3, 4);
      assertEquals(List.of("a_na"), data.catNames());
      assertNumbers(data.items(), "a_na", 0, 0, 1, 0, 0, 0, 0);
    }
    TabularData data =
        all(df)
            .contNames("a")
            .procs(new FillMissing().withFillVal("a", 7).withAddCol(false))
            .build();
    assertNumbers(data.items(), "a", 0, 1, 7, 1, 2, 3, 4);
    assertEquals(List.of(), data.catNames());
  }

  private static DataFrame ab(Integer... b) {
    return DataFrame.byColumn("a", "b", "c")
        .of(
            Series.of(0, 1, 2, 1, 1, 2, 0),
            Series.of(b),
            Series.of("b", "a", "b", "a", "a", "b", "a"));
  }

  @Test
  @DisplayName("TAB-08, TAB-09 the steps run in their own order; the target has no #na#")
  void order() {
    TabularData data =
        all(ab(0, 1, null, 1, 2, 3, 4))
            .catNames("a")
            .contNames("b")
            .yNames("c")
            .procs(new Normalize(), new Categorify(), new FillMissing())
            .build();
    DataFrame got = data.items();
    assertColumn(got, "a", 1, 2, 3, 2, 2, 3, 1);
    assertColumn(got, "b_na", 1, 1, 2, 1, 1, 1, 1);
    assertNumbers(got, "b", -1.429155, -.628828, -.228665, -.628828, .171499, .971825, 1.772152);
    assertEquals(List.of("#na#", "false", "true"), data.classes().get("b_na"));
    assertEquals(List.of("a", "b_na"), data.catNames());
    assertColumn(got, "c", 1, 0, 1, 0, 0, 1, 0);
    assertEquals(List.of("a", "b"), data.vocab());
  }

  @Test
  @DisplayName("TAB-10 training rows stand first")
  void split() {
    TabularData data =
        TabularData.of(ab(0, null, 1, 1, 2, 3, 4))
            .catNames("a")
            .contNames("b")
            .yNames("c")
            .splits(new Splits(new int[] {0, 1, 4, 6}, new int[] {2, 3, 5}))
            .build();
    DataFrame got = data.items();
    assertColumn(got, "a", 1, 2, 2, 1, 0, 2, 0);
    assertColumn(got, "b_na", 1, 2, 1, 1, 1, 1, 1);
    assertColumn(got, "c", 1, 0, 0, 0, 1, 0, 1);
  }

  @Test
  void contCatSplitByKindAndNumberOfValues() {
    DataFrame df =
        DataFrame.byColumn("few", "many", "real", "text", "truth", "y")
            .of(
                Series.of(1, 2, 1),
                Series.of(1, 2, 3),
                Series.of(1.0, null, 1.0),
                Series.of("a", "b", "c"),
                Series.of(true, false, true),
                Series.of(1.0, 2.0, 3.0));
    ContCat split = ContCat.contCatSplit(df, 2, "y");
    assertEquals(List.of("many", "real"), split.cont());
    assertEquals(List.of("few", "text", "truth"), split.cat());
    assertEquals(List.of("real"), ContCat.contCatSplit(df, "y").cont());
  }

  @Test
  @DisplayName("TAB-16 the rule of embedding sizes")
  void embeddingSizes() {
    assertEquals(74, EmbSz.of(944).dim());
    assertEquals(101, EmbSz.of(1635).dim());
    assertEquals(600, EmbSz.of(1_000_000).dim());
    TabularData data =
        all(ab(0, 1, null, 1, 2, 3, 4)).catNames("a").contNames("b").yNames("c").build();
    assertEquals(List.of(new EmbSz(4, 3), new EmbSz(3, 3)), data.embSzs());
    assertEquals(List.of(new EmbSz(4, 7), new EmbSz(3, 3)), data.embSzs(Map.of("a", 7)));
  }
}
