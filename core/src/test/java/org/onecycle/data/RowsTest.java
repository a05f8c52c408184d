package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {
  @TempDir Path folder;

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), text);
  }

  private static List<Row> rows(String column, Object... values) {
    return java.util.stream.IntStream.range(0, values.length)
        .mapToObj(i -> new Row("row " + i, Map.of(column, values[i])))
        .toList();
  }

  private static String refused(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }

  @Test
  @DisplayName("DAT-07 a column with prefix and suffix, and split into labels")
  void columns() {
    Row row = new Row("row 0", Map.of("a", "a", "b", "1 2", "none", ""));
    assertEquals("0a1", ColReader.of("a").pref("0").suff("1").apply(row));
    ColReader labels = ColReader.of("b").labelDelim(" ");
    assertEquals(List.of("1", "2"), labels.apply(row));
    assertEquals(List.of(), ColReader.of("none").labelDelim(" ").apply(row));
    assertEquals(
        List.of("a.b", "c"), ColReader.of("x").labelDelim("|").apply(Map.of("x", "a.b|c")));
  }

  @Test
  void aColumnThatIsNotThereOrEmptyIsNamedWithItsRow() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("a", "x");
    values.put("gap", null);
    values.put("blank", " ");
    Row row = new Row("t.csv, line 7", values);
    assertEquals(
        "t.csv, line 7: expected a column c, there are [a, gap, blank]",
        refused(() -> ColReader.of("c").apply(row)));
    assertEquals(
        "t.csv, line 7, column gap: expected a value, got a gap",
        refused(() -> ColReader.of("gap").apply(row)));
    assertEquals(
        "t.csv, line 7, column blank: expected the name of a file, got none",
        refused(() -> ColReader.of("blank").in(folder).apply(row)));
    assertEquals(
        "t.csv, line 7, column a: expected a number, got 'x'",
        refused(() -> ColReader.of("a").number().apply(row)));
  }

  @Test
  void filesNumbersAndItemsThatAreNoRows() {
    Function<Object, Object> file = ColReader.of("a").suff(".jpg").in(Path.of("pictures"));
    assertEquals(Path.of("pictures", "cat.jpg"), file.apply(Map.of("a", "cat")));
    assertEquals(Path.of("other.png"), file.apply(Path.of("other.png")));
    assertEquals(1.5, ColReader.of("a").number().apply(Map.of("a", " 1.5")));
    assertEquals(2, ColReader.of("a").number().apply(Map.of("a", 2)));
    assertEquals("a new text", ColReader.of("a").apply("a new text"));
  }

  @Test
  @DisplayName("DAT-04 a column of rows splits: true, one value, two values")
  void columnSplitter() {
    Splits byTruth = Splitters.col("b").split(rows("b", true, false, true, true, false));
    assertEquals(new Splits(new int[] {1, 4}, new int[] {0, 2, 3}), byTruth);
    List<Row> numbers = rows("c", 1, 2, 3, 1, 2, 3);
    assertEquals(
        new Splits(new int[] {0, 1, 3, 4}, new int[] {2, 5}), Splitters.col("c", 3).split(numbers));
    assertEquals(
        new Splits(new int[] {0, 3}, new int[] {1, 2, 4, 5}),
        Splitters.col("c", 2, 3L).split(numbers));
    Splits text = Splitters.col().split(rows("is_valid", "True", "False", "0", "1"));
    assertEquals(new Splits(new int[] {1, 2}, new int[] {0, 3}), text);
    assertEquals(
        "row 1, column b: expected true or false, got 'maybe'",
        refused(() -> Splitters.col("b").split(rows("b", "true", "maybe"))));
    assertEquals(
        "row 0: expected a column is_valid, there are [b]",
        refused(() -> Splitters.col().split(rows("b", "true"))));
  }

  @Test
  void csvWithQuotesLineBreaksAndEmptyLines() throws IOException {
    Path file = csv("\uFEFFname,text\n\na,\"one, \"\"two\"\"\nthree\"\nb,\r\nc,\u00e9\n");
    List<Row> rows = CsvRows.read(file);
    assertEquals(
        List.of("one, \"two\"\nthree", "", "\u00e9"),
        rows.stream().map(r -> r.get("text")).toList());
    assertEquals(file + ", line 5", rows.get(1).name());
    assertEquals("y", CsvRows.read(csv("a\tb\nx\ty\n"), '\t').get(0).get("b"));
    assertEquals(List.of(), CsvRows.read(csv("a,b\n")));
    Path plain = csv("a\tb\n\"x\" he said\ty\n\"z\tw\n");
    assertEquals("\"x\" he said", CsvRows.read(plain, '\t', false).get(0).get("a"));
    assertEquals("\"z", CsvRows.read(plain, '\t', false).get(1).get("a"));
    assertTrue(refused(() -> CsvRows.read(plain, '\t')).contains("line 2: not CSV"));
  }

  @Test
  void bytesThatAreNotUtf8AreReplaced() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(file, "a\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals("caf\uFFFD", CsvRows.read(file).get(0).get("a"));
  }

  @Test
  void badTablesAreNamedWithTheirLine() throws IOException {
    Path ragged = csv("a,b\n1,2\n3\n");
    assertEquals(
        ragged + ", line 3: expected 2 cells for the columns [a, b], got 1",
        refused(() -> CsvRows.read(ragged)));
    Path open = csv("a,b\n1,2\n3,\"4\n");
    assertTrue(refused(() -> CsvRows.read(open)).startsWith(open + ", line 3: not CSV"));
    Path twice = csv("a,a\n1,2\n");
    assertTrue(refused(() -> CsvRows.read(twice)).contains("named twice among [a, a]"));
    Path empty = csv("");
    assertTrue(refused(() -> CsvRows.read(empty)).contains("expected a line of column names"));
    Path missing = folder.resolve("no.csv");
    String message =
        assertThrows(UncheckedIOException.class, () -> CsvRows.read(missing)).getMessage();
    assertEquals("cannot read the table " + missing, message);
  }
}
