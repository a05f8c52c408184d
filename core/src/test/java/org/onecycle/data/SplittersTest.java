package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplittersTest {
  private static List<Object> range(int n) {
    return IntStream.range(0, n).<Object>mapToObj(i -> i).toList();
  }

  private static int[] ints(int... values) {
    return values;
  }

  @Test
  @DisplayName("DAT-01 index splitter")
  void index() {
    assertEquals(
        new Splits(ints(0, 1, 2, 4, 5, 6, 8), ints(3, 7, 9)),
        Splitters.index(3, 7, 9).split(range(10)));
    assertThrows(IllegalArgumentException.class, () -> Splitters.index(10).split(range(10)));
  }

  @Test
  @DisplayName("DAT-02 end splitter")
  void end() {
    assertArrayEquals(ints(8, 9), Splitters.end().split(range(10)).valid());
    Splits first = Splitters.end(0.2, false).split(range(10));
    assertEquals(new Splits(ints(2, 3, 4, 5, 6, 7, 8, 9), ints(0, 1)), first);
  }

  @Test
  @DisplayName("DAT-04 mask splitter, column splitter")
  void maskAndColumn() {
    assertEquals(
        new Splits(ints(1, 2, 4), ints(0, 3, 5)),
        Splitters.mask(true, false, false, true, false, true).split(range(6)));
    assertThrows(IllegalArgumentException.class, () -> Splitters.mask(true, false).split(range(3)));

    record Row(boolean b) {}
    List<Row> rows =
        List.of(new Row(true), new Row(false), new Row(true), new Row(true), new Row(false));
    assertEquals(new Splits(ints(1, 4), ints(0, 2, 3)), Splitters.func(Row::b).split(rows));

    List<Integer> values = List.of(1, 2, 3, 1, 2, 3);
    Splitter<Integer> three = Splitters.func(v -> v == 3);
    assertEquals(new Splits(ints(0, 1, 3, 4), ints(2, 5)), three.split(values));
    Splitter<Integer> twoOrThree = Splitters.func(List.of(2, 3)::contains);
    assertEquals(new Splits(ints(0, 3), ints(1, 2, 4, 5)), twoOrThree.split(values));
  }

  @Test
  @DisplayName("DAT-05 stratified, random and subset splitters")
  void stratifiedRandomSubset() {
    List<Integer> items = IntStream.range(0, 50).boxed().toList();
    Splits s = Splitters.<Integer>trainTest(0.2, 3, i -> i < 20 ? "cat" : "dog").split(items);
    assertEquals(4, IntStream.of(s.valid()).filter(i -> i < 20).count());
    assertEquals(6, IntStream.of(s.valid()).filter(i -> i >= 20).count());
    assertPartition(s, 50);

    Splitter<Object> random = Splitters.random(42);
    Splits r = random.split(range(14));
    assertEquals(2, r.valid().length, "0.2 * 14 is floored");
    assertPartition(r, 14);
    assertEquals(r, random.split(range(14)));
    assertEquals(r, Splitters.random(0.2, 42).split(range(14)));
    assertNotEquals(r, Splitters.random(43).split(range(14)));
    assertThrows(IllegalArgumentException.class, () -> Splitters.random(20, 1));

    Splits subset = Splitters.randomSubset(0.3, 0.1, 1).split(range(100));
    assertEquals(30, subset.train().length);
    assertEquals(10, subset.valid().length);
    assertEquals(
        40,
        IntStream.concat(IntStream.of(subset.train()), IntStream.of(subset.valid()))
            .distinct()
            .count());
    assertThrows(
        IllegalArgumentException.class, () -> Splitters.randomSubset(90, 20, 1).split(range(100)));
  }

  @Test
  void stratifiedSharesOutTheRemainder() {
    List<Integer> items = IntStream.range(0, 15).boxed().toList();
    Splits s = Splitters.<Integer>trainTest(0.2, 7, i -> i % 3).split(items);
    assertPartition(s, 15);
    for (int c = 0; c < 3; c++) {
      int label = c;
      assertEquals(1, IntStream.of(s.valid()).filter(i -> i % 3 == label).count());
    }
    assertEquals(List.of(), boxed(Splitters.<Integer>trainTest(0, 1, i -> i).split(items).valid()));
    assertEquals(List.of(), boxed(Splitters.<Integer>trainTest(1, 1, i -> i).split(items).train()));
  }

  @Test
  void grandparentAndFile(@TempDir Path dir) throws IOException {
    List<Path> files =
        List.of(
            Path.of("mnist/train/3/a.png"),
            Path.of("mnist/valid/3/b.png"),
            Path.of("mnist/test/3/c.png"),
            Path.of("mnist/train/7/d.png"),
            Path.of("e.png"));
    assertEquals(new Splits(ints(0, 3), ints(1)), Splitters.grandparent().split(files));

    Path names = dir.resolve("valid.txt");
    Files.writeString(names, "b.png\r\n d.png\n");
    assertEquals(new Splits(ints(0, 2, 4), ints(1, 3)), Splitters.file(names).split(files));
    Path missing = dir.resolve("none.txt");
    String message =
        assertThrows(UncheckedIOException.class, () -> Splitters.file(missing).split(files))
            .getMessage();
    assertTrue(message.contains("none.txt"), message);
  }

  private static List<Integer> boxed(int[] values) {
    return IntStream.of(values).boxed().toList();
  }

  private static void assertPartition(Splits s, int n) {
    List<Integer> all =
        new java.util.ArrayList<>(
            IntStream.concat(IntStream.of(s.train()), IntStream.of(s.valid())).boxed().toList());
    Collections.sort(all);
    assertEquals(boxed(IntStream.range(0, n).toArray()), all);
  }
}
