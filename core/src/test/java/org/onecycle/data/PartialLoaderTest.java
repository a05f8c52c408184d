package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PartialLoaderTest {
  private static DataLoaders loaders(UnaryOperator<DataLoadersBuilder<Integer>> options) {
    return options
        .apply(
            DataLoaders.builder(
                    Datasets.of(
                        IntStream.range(0, 100).boxed().toList(),
                        new Splits(
                            IntStream.range(0, 80).toArray(), IntStream.range(80, 100).toArray()),
                        List.of(Column.<Integer>of())))
                .workers(0))
        .build();
  }

  private static List<Long> items(DataLoader loader) {
    List<Long> seen = new ArrayList<>();
    for (Batch b : loader) {
      for (long v : b.input(0).toLongs()) {
        seen.add(v);
      }
    }
    return seen;
  }

  @Test
  @DisplayName("DAT-17 an epoch of 32 items in batches of 16 has 2 batches")
  void partial() {
    DataLoaders dls = loaders(o -> o.bs(16).partialN(32));
    assertEquals(2, dls.train().size());
    List<Long> first = items(dls.train());
    Set<Long> distinct = new TreeSet<>(first);
    assertEquals(32, distinct.size());
    assertTrue(distinct.stream().allMatch(i -> i < 80));
    assertNotEquals(distinct, new TreeSet<>(items(dls.train())), "the next epoch draws others");
    assertEquals(20, items(dls.valid()).size());
    assertEquals(80, items(dls.train().complete()).size());
    assertEquals(first, items(loaders(o -> o.bs(16).partialN(32)).train()));
    assertEquals(80, items(dls.testDl(IntStream.range(0, 80).boxed().toList())).size());
  }

  @Test
  void anIncompleteLastBatchIsLeftOutWhenShuffling() {
    assertEquals(1, loaders(o -> o.bs(16).partialN(20)).train().size());
    assertEquals(2, loaders(o -> o.bs(16).partialN(20).dropLast(false)).train().size());
  }

  @Test
  void numbersThatCannotBeAreRefused() {
    assertEquals(
        "partialN expects a number from 1 to the 80 items, got 81",
        assertThrows(IllegalArgumentException.class, () -> loaders(o -> o.partialN(81)))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> loaders(o -> o.partialN(-1)));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> loaders(o -> o.bs(16).partialN(8)))
            .getMessage()
            .contains("8 items do not fill a batch of bs 16"));
  }
}
