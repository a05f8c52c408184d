package org.onecycle.text.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.onecycle.tensor.Tensor;
import org.onecycle.testing.Fixtures;

class LMDataLoaderTest {
  private static final List<int[]> DOCS =
      List.of(range(0, 5), range(5, 11), range(11, 19), range(19, 21), range(21, 23));

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  private static DataLoader loader(List<int[]> docs, int bs, int seq, Split split, int workers) {
    LoaderOptions options = LoaderOptions.defaults().withWorkers(workers);
    return LMDataLoader.of(docs, bs, seq, split, options);
  }

  private static List<long[][][]> read(DataLoader loader) {
    List<long[][][]> out = new ArrayList<>();
    for (Batch b : loader) {
      assertEquals(DType.INT64, b.input(0).dtype());
      out.add(new long[][][] {rows(b.input(0)), rows(b.target(0))});
    }
    return out;
  }

  static long[][] rows(Tensor t) {
    int width = (int) t.size(1);
    long[] all = t.toLongs();
    return IntStream.range(0, (int) t.size(0))
        .mapToObj(r -> Arrays.copyOfRange(all, r * width, (r + 1) * width))
        .toArray(long[][]::new);
  }

  static long[][] rows(JsonNode array) {
    long[][] out = new long[array.size()][];
    for (int r = 0; r < out.length; r++) {
      out[r] = new long[array.get(r).size()];
      for (int i = 0; i < out[r].length; i++) {
        out[r][i] = array.get(r).get(i).longValue();
      }
    }
    return out;
  }

  @Test
  @DisplayName("TXT-21 rows go on from batch to batch")
  void slices() {
    List<long[][][]> batches = read(loader(DOCS, 4, 3, Split.VALID, 0));
    assertEquals(2, batches.size());
    assertArrayEquals(
        new long[][] {{0, 1, 2}, {5, 6, 7}, {10, 11, 12}, {15, 16, 17}}, batches.get(0)[0]);
    assertArrayEquals(
        new long[][] {{1, 2, 3}, {6, 7, 8}, {11, 12, 13}, {16, 17, 18}}, batches.get(0)[1]);
    assertArrayEquals(new long[][] {{3, 4}, {8, 9}, {13, 14}, {18, 19}}, batches.get(1)[0]);
    assertArrayEquals(new long[][] {{4, 5}, {9, 10}, {14, 15}, {19, 20}}, batches.get(1)[1]);
  }

  @Test
  @DisplayName("TXT-23 shuffled texts still go on from batch to batch")
  void shuffled() {
    DataLoader loader = loader(DOCS, 4, 3, Split.TRAIN, 0);
    List<String> epochs = new ArrayList<>();
    for (int epoch = 0; epoch < 4; epoch++) {
      List<long[][][]> batches = read(loader);
      for (int r = 0; r < 4; r++) {
        long[] x = batches.get(0)[0][r];
        long[] y = batches.get(0)[1][r];
        assertArrayEquals(Arrays.copyOfRange(x, 1, 3), Arrays.copyOf(y, 2));
        assertEquals(y[2], batches.get(1)[0][r][0]);
      }
      epochs.add(Arrays.deepToString(batches.get(0)));
    }
    assertTrue(epochs.stream().distinct().count() > 1);
  }

  @Test
  void agreesWithFastai() {
    JsonNode fixture = Fixtures.json("data_order/lmdl");
    List<int[]> docs = new ArrayList<>();
    for (long[] doc : rows(fixture.get("docs"))) {
      docs.add(Arrays.stream(doc).mapToInt(v -> (int) v).toArray());
    }
    int[][] settings = {{3, 5}, {4, 7}, {2, 16}};
    for (int[] s : settings) {
      JsonNode expected = fixture.get("bs" + s[0] + "_seq" + s[1]);
      DataLoader loader = loader(docs, s[0], s[1], Split.VALID, 2);
      List<long[][][]> got = read(loader);
      assertEquals(expected.size(), got.size());
      assertEquals(expected.size(), loader.size());
      for (int b = 0; b < got.size(); b++) {
        assertArrayEquals(rows(expected.get(b).get("x")), got.get(b)[0]);
        assertArrayEquals(rows(expected.get(b).get("y")), got.get(b)[1]);
      }
    }
  }

  @Test
  void workersDoNotChangeTheHistory() {
    List<int[]> docs = IntStream.range(0, 50).mapToObj(i -> range(i, i + 7 + i % 5)).toList();
    DataLoader one = loader(docs, 4, 5, Split.TRAIN, 0);
    DataLoader other = loader(docs, 4, 5, Split.TRAIN, 3);
    for (int epoch = 0; epoch < 2; epoch++) {
      assertArrayEquals(read(one).toArray(), read(other).toArray());
    }
    assertFalse(Arrays.deepEquals(read(one).toArray(), read(one).toArray()));
    assertArrayEquals(read(one.complete()).toArray(), read(one.complete()).toArray());
  }

  @Test
  void tooFewTokensAreNamed() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> loader(DOCS, 23, 3, Split.TRAIN, 0));
    assertEquals(
        "LMDataLoader: 23 tokens do not fill 23 rows of the TRAIN part; use a smaller bs",
        e.getMessage());
    assertEquals(1, loader(DOCS, 22, 3, Split.TRAIN, 0).size());
  }

  @Test
  @DisplayName("TXT-31 documents read as one")
  void chunks() {
    List<int[]> docs = new ArrayList<>();
    int at = 0;
    for (int n : new int[] {3, 4, 1, 0, 8, 8, 2}) {
      docs.add(range(at, at + n));
      at += n;
    }
    Chunks chunks = new Chunks(docs, range(0, docs.size()));
    assertArrayEquals(range(6, 13), chunks.range(6, 7));
    assertArrayEquals(range(20, 26), chunks.range(20, 57));
    assertEquals(25, chunks.get(-1));
    for (int i = 0; i < 26; i++) {
      assertEquals(i, chunks.get(i));
    }
  }
}
