package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.tensor.Rng;

class DatasetsTest {
  private static final Splits SPLITS = new Splits(new int[] {1, 2}, new int[] {0, 3, 4});
  private static final Transform<Integer, Integer> DOUBLED =
      Transform.of(Integer.class, Integer.class, x -> x * 2);

  private static List<Integer> range(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  private static List<Object> first(Dataset dataset) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < dataset.size(); i++) {
      values.add(dataset.get(i, new Rng(i)).get(0));
    }
    return values;
  }

  @Test
  @DisplayName("DAT-14 a transform for the validation part applies there only")
  void splitOnly() {
    var data =
        Datasets.of(range(5), SPLITS, List.of(Column.<Integer>of(DOUBLED.only(Split.VALID))));
    assertEquals(List.of(1, 2), first(data.train()));
    assertEquals(List.of(0, 6, 8), first(data.valid()));
    assertEquals(List.of(2, 4), first(data.subset(Split.TRAIN, Split.VALID)));
  }

  @Test
  @DisplayName("DAT-16 inputs default to all but the last member, at least one")
  void inputs() {
    Column<Integer> c = Column.of(DOUBLED);
    assertEquals(1, Datasets.of(range(5), SPLITS, List.of(c)).nInp());
    assertEquals(1, Datasets.of(range(5), SPLITS, List.of(c, c)).nInp());
    var three = Datasets.of(range(5), SPLITS, List.of(c, c, c));
    assertEquals(2, three.nInp());
    assertEquals(2, three.train().get(0, new Rng(0)).nInp());
    assertEquals(1, Datasets.of(range(5), SPLITS, List.of(c, c, c), 1).nInp());
  }

  @Test
  @DisplayName("DAT-18 more inputs than columns is an error with both counts")
  void wrongCounts() {
    Column<Integer> c = Column.of(DOUBLED);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Datasets.of(range(5), SPLITS, List.of(c, c), 3))
            .getMessage();
    assertTrue(message.contains("3 inputs of 2 columns"), message);
    assertThrows(IllegalArgumentException.class, () -> Datasets.of(range(3), SPLITS, List.of(c)));
  }

  @Test
  void vocabularyComesFromTheTrainingItemsAndDecodes() {
    List<String> items = List.of("zebra", "cat", "dog", "cat", "dog");
    var data =
        Datasets.of(
            items,
            SPLITS,
            List.of(
                Column.of(Transform.of(String.class, Integer.class, String::length)),
                Column.of(new Categorize())));
    assertEquals(List.of("cat", "dog"), data.vocab());
    assertEquals(List.of(List.of(), List.of("cat", "dog")), data.vocabs());
    Sample sample = data.valid().get(2, new Rng(0));
    assertEquals(Sample.of(3, new Category(1)), sample);
    assertEquals(Sample.of(3, "dog"), data.decode(sample, Split.VALID));
    String message =
        assertThrows(IllegalArgumentException.class, () -> data.valid().get(0, new Rng(0)))
            .getMessage();
    assertTrue(message.contains("zebra"), message);
  }

  @Test
  void setupReadsNoItemThatNoTransformAsksFor() {
    List<Integer> read = Collections.synchronizedList(new ArrayList<>());
    var data =
        Datasets.of(
            range(5),
            SPLITS,
            List.of(
                Column.of(
                    Transform.of(
                        Integer.class,
                        Integer.class,
                        x -> {
                          read.add(x);
                          return x;
                        }))));
    assertEquals(List.of(), read);
    data.valid().get(1, new Rng(0));
    assertEquals(List.of(3), read);
  }

  @Test
  void aSoleColumnMayMakeAWholeSample() {
    Transform<Integer, Sample> pair =
        Transform.of(Integer.class, Sample.class, x -> Sample.of(x, x + 1, true));
    var data = Datasets.of(range(5), SPLITS, List.of(Column.<Integer>of(pair, DOUBLED)));
    Sample sample = data.train().get(1, new Rng(0));
    assertEquals(Sample.of(4, 6, true), sample);
    assertEquals(2, sample.nInp());
    assertEquals(List.of(2, 4), data.test(List.of(1), false).get(0, new Rng(0)).members());
    var two = Datasets.of(range(5), SPLITS, List.of(Column.<Integer>of(pair), Column.of(pair)));
    assertThrows(IllegalArgumentException.class, () -> two.train().get(0, new Rng(0)));
  }

  @Test
  void testItemsWithoutLabelsNeverReadTheirTarget() {
    var data =
        Datasets.of(
            List.of("a", "b", "c", "d", "e"),
            SPLITS,
            List.of(
                Column.of(Transform.of(String.class, Integer.class, String::length)),
                Column.of(new Categorize())));
    assertEquals(List.of(5), data.test(List.of("never"), false).get(0, new Rng(0)).members());
  }
}
