package org.onecycle.text.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.array.DType;
import org.onecycle.data.Batch;
import org.onecycle.data.DataLoader;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.Split;
import org.onecycle.tensor.Rng;
import org.onecycle.testing.Fixtures;

class SortedDataLoaderTest {
  private final JsonNode fixture = Fixtures.json("data_order/sorteddl");

  private static int[] ints(JsonNode array) {
    int[] out = new int[array.size()];
    Arrays.setAll(out, i -> array.get(i).intValue());
    return out;
  }

  private static int[] flat(List<int[]> batches) {
    return batches.stream().flatMapToInt(IntStream::of).toArray();
  }

  @Test
  @DisplayName("TXT-28 validation from the longest to the shortest")
  void sorted() {
    int[] lengths = ints(fixture.get("lengths"));
    SortedSampler sampler = new SortedSampler(lengths, fixture.get("bs").intValue(), false, false);
    assertArrayEquals(ints(fixture.get("no_shuffle")), flat(sampler.batches(new Rng(1))));
  }

  @Test
  void theTrainingOrderIsFastaisForItsPermutations() {
    int[] lengths = ints(fixture.get("lengths"));
    for (int bs : new int[] {2, 8}) {
      JsonNode drawn = fixture.get("shuffle_bs" + bs);
      SortedSampler sampler = new SortedSampler(lengths, bs, true, false);
      int[] perm = ints(drawn.get("perm1"));
      // The order of the batches between first and last that fastai drew.
      List<int[]> plain = sampler.shuffled(perm, n -> IntStream.range(0, n).toArray());
      JsonNode middle = drawn.get("perm_of_middle_batches");
      int[] order = new int[middle.size()];
      for (int b = 0; b < order.length; b++) {
        int first = middle.get(b).get(0).intValue();
        order[b] =
            IntStream.range(0, order.length)
                .filter(k -> plain.get(k + 1)[0] == first)
                .findFirst()
                .orElseThrow();
      }
      assertArrayEquals(ints(drawn.get("order")), flat(sampler.shuffled(perm, n -> order)));
    }
  }

  @Test
  @DisplayName("TXT-29 the longest text comes first, in a batch lengths descend")
  void longestFirst() {
    int[] lengths = IntStream.range(0, 101).map(i -> (i * 37) % 101).toArray();
    for (int bs : new int[] {1, 2, 7, 60, 101, 200}) {
      List<int[]> batches = new SortedSampler(lengths, bs, true, false).batches(new Rng(bs));
      assertEquals(100, lengths[batches.get(0)[0]]);
      for (int[] b : batches) {
        for (int i = 1; i < b.length; i++) {
          assertTrue(lengths[b[i - 1]] >= lengths[b[i]]);
        }
      }
      int[] seen = flat(batches);
      Arrays.sort(seen);
      assertArrayEquals(IntStream.range(0, 101).toArray(), seen);
    }
  }

  private static DataLoader loader(int n, Split split, int workers) {
    List<int[]> docs = new ArrayList<>();
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      docs.add(IntStream.range(0, (i * 7) % 23).map(k -> 2 + k).toArray());
      labels[i] = i % 3;
    }
    LoaderOptions options = LoaderOptions.defaults().withWorkers(workers);
    return SortedDataLoader.of(docs, labels, 4, 5, split, options);
  }

  private static List<String> read(DataLoader loader) {
    List<String> out = new ArrayList<>();
    for (Batch b : loader) {
      out.add(
          Arrays.toString(b.indices())
              + Arrays.toString(b.input(0).toLongs())
              + Arrays.toString(b.target(0).toLongs()));
    }
    return out;
  }

  @Test
  void batchesHoldEveryTokenOfTheirTexts() {
    for (Split split : Split.values()) {
      int items = 0;
      for (Batch b : loader(46, split, 0)) {
        assertEquals(DType.INT64, b.input(0).dtype());
        assertEquals(DType.INT64, b.target(0).dtype());
        assertArrayEquals(new long[] {b.size()}, b.target(0).shape());
        long length = b.input(0).size(1);
        assertTrue(length <= 5 || length % 5 == 0, () -> "length " + length);
        long[][] rows = LMDataLoaderTest.rows(b.input(0));
        for (int r = 0; r < rows.length; r++) {
          int i = b.indices()[r];
          long[] tokens = Arrays.stream(rows[r]).filter(v -> v != 1).toArray();
          int n = (i * 7) % 23;
          // A text without tokens is an unknown word.
          long[] expected =
              n == 0 ? new long[1] : IntStream.range(2, 2 + n).asLongStream().toArray();
          assertArrayEquals(expected, tokens);
          assertEquals(i % 3, b.target(0).toLongs()[r]);
        }
        items += b.size();
      }
      assertEquals(split == Split.TRAIN ? 44 : 46, items);
    }
  }

  @Test
  void workersDoNotChangeTheHistory() {
    DataLoader one = loader(60, Split.TRAIN, 0);
    DataLoader other = loader(60, Split.TRAIN, 3);
    List<String> first = read(one);
    assertEquals(first, read(other));
    List<String> second = read(one);
    assertEquals(second, read(other));
    assertTrue(!first.equals(second));
    assertEquals(15, read(one.complete()).size());
  }

  @Test
  void labelsAndSizesAreChecked() {
    List<int[]> docs = List.of(new int[] {2}, new int[] {3});
    LoaderOptions o = LoaderOptions.defaults();
    assertThrows(
        IllegalArgumentException.class,
        () -> SortedDataLoader.of(docs, new int[1], 1, 5, Split.TRAIN, o));
    assertThrows(
        IllegalArgumentException.class,
        () -> SortedDataLoader.of(docs, new int[2], 3, 5, Split.TRAIN, o));
    assertEquals(
        0, SortedDataLoader.of(docs, null, 2, 5, Split.VALID, o).oneBatch().targets().length);
  }
}
