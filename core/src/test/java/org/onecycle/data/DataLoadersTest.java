package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.tensor.Rng;

class DataLoadersTest {
  private static final Splits SPLITS = new Splits(new int[] {0, 1, 2}, new int[] {3, 4});

  private static final Transform<Integer, Integer> TRIPLED =
      Transform.of(Integer.class, Integer.class, x -> x * 3);
  private static final Transform<Integer, Integer> DOUBLED =
      Transform.of(Integer.class, Integer.class, x -> x * 2);

  @Test
  @DisplayName("DAT-13 new items go through the validation transforms")
  void testDl() {
    var data = Datasets.of(List.of(0, 1, 2, 3, 4), SPLITS, List.of(Column.<Integer>of()));
    DataLoaders dls =
        DataLoaders.builder(data)
            .bs(3)
            .workers(0)
            .itemTfms(TRIPLED.only(Split.TRAIN), DOUBLED.only(Split.VALID))
            .build();
    Batch test = dls.testDl(List.of(2, 3, 4, 5)).epoch(0).next();
    assertArrayEquals(new long[] {4, 6, 8}, test.input(0).toLongs());
    List<Long> all = new ArrayList<>();
    for (Batch b : dls.testDl(List.of(2, 3, 4, 5))) {
      for (long v : b.input(0).toLongs()) {
        all.add(v);
      }
    }
    assertEquals(List.of(4L, 6L, 8L, 10L), all);
    Batch train = dls.oneBatch();
    for (int i = 0; i < 3; i++) {
      assertEquals(3L * train.indices()[i], train.input(0).toLongs()[i]);
    }
    assertArrayEquals(new long[] {6, 8}, dls.valid().oneBatch().input(0).toLongs());
  }

  @Test
  void vocabularyLabelsAndDecoding() {
    var data =
        Datasets.of(
            List.of("cat", "dog", "bird", "dog", "cat"),
            SPLITS,
            List.of(
                Column.of(Transform.of(String.class, Integer.class, String::length)),
                Column.of(new Categorize())));
    DataLoaders dls = DataLoaders.builder(data).bs(3).valBs(1).workers(1).build();
    assertEquals(List.of("bird", "cat", "dog"), dls.vocab());
    assertEquals(1, dls.train().size());
    assertEquals(2, dls.valid().size());
    Batch batch = dls.valid().oneBatch();
    assertArrayEquals(new long[] {2}, batch.target(0).toLongs());
    assertEquals(List.of(3L, "dog"), dls.decode(dls.valid(), batch, 9).get(0).members());

    assertEquals(0, dls.testDl(List.of("horse")).oneBatch().targets().length);
    DataLoader labelled = dls.testDl(List.of("horse"), true);
    String message = assertThrows(ItemException.class, labelled::oneBatch).getMessage();
    assertTrue(message.contains("item 0 (horse): label horse"), message);
  }

  @Test
  void batchTransformsAreSetUpOnTrainingBatchesInTheirOrder() {
    List<String> seen = new ArrayList<>();
    var data =
        Datasets.of(List.of(1.0, 2.0, 3.0, 40.0, 50.0), SPLITS, List.of(Column.<Double>of()));
    DataLoaders dls =
        DataLoaders.builder(data)
            .bs(3)
            .workers(0)
            .shuffle(false)
            .batchTfms(new MinusMean(20, seen), new MinusMean(10, seen))
            .build();
    assertEquals(List.of("10 saw 2.0", "20 saw 0.0"), seen);
    assertArrayEquals(new float[] {-1, 0, 1}, dls.oneBatch().input(0).toFloats());
    assertArrayEquals(new float[] {38, 48}, dls.valid().oneBatch().input(0).toFloats());
    assertEquals(List.of(40f), dls.decode(dls.valid(), dls.valid().oneBatch(), 1).get(0).members());
  }

  @Test
  void loadersMadeByHandCannotLoadNewItems() {
    var data = Datasets.of(List.of(0, 1, 2, 3, 4), SPLITS, List.of(Column.<Integer>of()));
    DataLoader loader = DataLoader.builder(data.valid()).build();
    DataLoaders dls = DataLoaders.of(loader, loader);
    assertThrows(UnsupportedOperationException.class, () -> dls.testDl(List.of(1)));
    assertEquals(List.of(), dls.vocab());
  }

  private static final class MinusMean implements BatchTransform {
    private final int order;
    private final List<String> seen;
    private double mean;

    MinusMean(int order, List<String> seen) {
      this.order = order;
      this.seen = seen;
    }

    @Override
    public int order() {
      return order;
    }

    @Override
    public void setup(DataLoader train) {
      mean = train.oneBatch().input(0).mean().item();
      seen.add(order + " saw " + mean);
    }

    @Override
    public Batch encode(Batch batch, Split split, Rng rng) {
      return batch.map(Double.class, t -> t.sub(mean));
    }

    @Override
    public Batch decode(Batch batch) {
      return batch.map(Double.class, t -> t.add(mean));
    }
  }
}
