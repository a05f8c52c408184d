package org.onecycle.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.data.Splits;
import org.onecycle.show.ProgressOutput;

/** Tables that people really have. */
class BadTablesTest {
  private static final Splits HALVES = new Splits(new int[] {0, 1, 2, 3}, new int[] {4, 5});

  private static DataFrame df() {
    return DataFrame.byColumn("job", "age", "y")
        .of(
            Series.of("a", "b", "a", "b", "a", "b"),
            Series.of(1, 2, 3, 4, 5, 6),
            Series.of("no", "yes", "no", "yes", "no", "yes"));
  }

  private static DataFrame with(String name, Object... values) {
    return df().cols(name).merge(Series.of(values));
  }

  private static TabularDataBuilder of(DataFrame df) {
    return TabularData.of(df).catNames("job").contNames("age").yNames("y").splits(HALVES);
  }

  private static void assertMessage(String expected, Executable e) {
    String got = assertThrows(IllegalArgumentException.class, e).getMessage();
    assertTrue(got.contains(expected), got);
  }

  @Test
  void aMissingColumnIsNamedBesideThoseThatAreThere() {
    assertMessage(
        "expected a column jobb, the table has [job, age, y]",
        () -> TabularData.of(df()).catNames("jobb").build());
    TabularData data = of(df()).build();
    assertMessage(
        "expected a column age, the table has [job]",
        () -> data.process(df().cols("job").select()));
  }

  @Test
  void aColumnNamedTwiceIsAnError() {
    assertMessage("column y is named twice", () -> of(df()).contNames("age", "y").build());
  }

  @Test
  void anUnseenCategoryAndAGapAreNa() {
    TabularData data = of(df()).build();
    DataFrame got = data.process(with("job", "a", "new", null, "b", "b", "b"));
    assertEquals(List.of(1, 0, 0, 2, 2, 2), got.getColumn("job").toList());
  }

  @Test
  void aGapSeenOnlyAtTestTimeIsFilled() {
    TabularData data = of(df()).build();
    assertEquals(2.5, data.naDict().get("age"));
    assertEquals(List.of("job"), data.catNames());
    DataFrame got = data.process(with("age", null, Double.NaN, 3, 4, 5, ""));
    for (int r : new int[] {0, 1, 5}) {
      assertEquals(0, (Double) got.get("age", r), 1e-12);
    }
  }

  @Test
  void aGapSeenOnlyInValidationIsFilled() {
    TabularData data = of(with("age", 1, 2, 3, 4, null, 6)).build();
    assertEquals(0, (Double) data.items().get("age", 4), 1e-12);
  }

  @Test
  void aGapThatNobodyFillsIsNamed() {
    assertMessage(
        "column age, row 4: a gap",
        () -> of(with("age", 1, 2, 3, 4, null, 6)).procs(new Categorify()).build());
  }

  @Test
  void aColumnOfGapsIsNamed() {
    assertMessage(
        "column age has no number among its 4 training rows",
        () -> of(with("age", null, null, null, null, 5, 6)).build());
  }

  @Test
  void textInAContinuousColumnIsNamedByRowAndColumn() {
    assertMessage(
        "column age, row 3: expected a number, got 'four'",
        () -> of(with("age", 1, 2, 3, "four", 5, 6)).build());
    TabularData data = of(df()).build();
    assertMessage(
        "column age, row 5: expected a number, got '0x1p3'",
        () -> data.process(with("age", 1, 2, 3, "4", 5, "0x1p3")));
    assertMessage(
        "column age, row 0: expected a number, got 'Infinity'",
        () -> data.process(with("age", Double.POSITIVE_INFINITY, 2, 3, 4, 5, 6)));
  }

  @Test
  void aTargetWithOneClassIsNamed() {
    assertMessage(
        "column y expects at least two classes among the 4 training rows, got only 'no'",
        () -> of(with("y", "no", "no", "no", "no", "yes", "yes")).build());
  }

  @Test
  void aTargetWithAGapOrAnUnknownClassIsNamed() {
    assertMessage(
        "column y, row 1: the target has a gap",
        () -> of(with("y", "no", null, "no", "yes", "yes", "yes")).build());
    assertMessage(
        "column y, row 5: label maybe is not in the vocabulary [no, yes]",
        () -> of(with("y", "no", "yes", "no", "yes", "yes", "maybe")).build());
    assertMessage(
        "column y, row 2: the target has a gap",
        () -> of(with("y", 1.0, 2.0, null, 2.0, 2.0, 3.0)).build());
  }

  @Test
  void anEmptyTableIsAnError() {
    DataFrame empty = Tables.readCsv(new StringReader("job,age,y\n"));
    assertMessage("expected a table with rows, got none", () -> of(empty).build());
    assertMessage(
        "the split of 6 rows leaves none",
        () -> of(df()).splits(new Splits(new int[0], new int[] {0})).build());
    assertMessage(
        "the split names row 9",
        () -> of(df()).splits(new Splits(new int[] {9}, new int[0])).build());
  }

  @Test
  void moreInABatchThanThereAreIsAnError() {
    TabularData data = of(df()).build();
    assertMessage(
        "bs expects a number from 1 to the 4 training rows, got 64", () -> data.dataLoaders(64));
  }

  @Test
  void csvIsTypedAndItsGapsAreNull() {
    DataFrame got =
        Tables.readCsv(
            new StringReader("i,d,b,s,e\n1,2,True,x,\n,-.5,false, 1,\n-3,1e2,NA,nan,\n"));
    assertEquals(List.of(1L, -3L), List.of(got.get("i", 0), got.get("i", 2)));
    assertEquals(null, got.get("i", 1));
    assertEquals(List.of(2.0, -.5, 100.0), got.getColumn("d").toList());
    assertEquals(true, got.get("b", 0));
    assertEquals(null, got.get("b", 2));
    assertEquals(" 1", got.get("s", 1));
    assertEquals(null, got.get("s", 2));
    assertEquals(null, got.get("e", 0));
  }

  @Test
  void bytesThatAreNotUtf8AreNamedByFileAndLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.csv");
    Files.write(file, "name,n\nCaf\u00e9,1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertMessage(file + ", line 2: expected UTF-8, got the byte 0xe9", () -> Tables.readCsv(file));
    Files.writeString(file, "\uFEFFname,n\nCaf\u00e9 \uD83D\uDE00,1\n");
    DataFrame got = Tables.readCsv(file);
    assertEquals("Caf\u00e9 \uD83D\uDE00", got.get("name", 0));
    assertEquals(1L, got.get("n", 0));
    Files.write(file, new byte[] {'a', '\n', 'b', '\n', (byte) 0xC3});
    assertMessage(file + ", line 3: expected UTF-8, got the byte 0xc3", () -> Tables.readCsv(file));
    Files.write(file, new byte[0]);
    assertEquals(0, Tables.readCsv(file).height());
  }

  @Test
  void aRowToPredictMayMissAValueAndHaveAnUnseenOne() {
    TabularLearner learn =
        TabularLearner.of(of(df()).build().dataLoaders(4))
            .with(b -> b.progress(ProgressOutput.none()))
            .build();
    Map<String, Object> row = new HashMap<>();
    row.put("job", "never seen");
    row.put("age", null);
    TabularPrediction odd = learn.predict(row);
    Map<String, Object> same = new HashMap<>();
    same.put("job", null);
    same.put("age", 2.5);
    assertArrayEquals(learn.predict(same).activated().toDoubles(), odd.activated().toDoubles(), 0);
    assertMessage("expected a column age", () -> learn.predict(Map.of("job", "a")));
  }
}
