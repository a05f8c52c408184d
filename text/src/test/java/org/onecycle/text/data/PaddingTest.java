package org.onecycle.text.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.onecycle.data.HostBatch;
import org.onecycle.data.Sample;
import org.onecycle.testing.Fixtures;

class PaddingTest {
  private static int[] row(int... values) {
    return values;
  }

  private static int[][] rows(List<int[]> rows) {
    return rows.toArray(int[][]::new);
  }

  @Test
  @DisplayName("TXT-24 up to the longest")
  void padInput() {
    List<int[]> texts = List.of(row(1, 2, 3), row(4, 5), row(6));
    assertArrayEquals(
        new int[][] {{1, 2, 3}, {4, 5, 0}, {6, 0, 0}},
        rows(Padding.padInput(texts, 0, false, false)));
    assertArrayEquals(
        new int[][] {{1, 2, 3}, {0, 4, 5}, {0, 0, 6}},
        rows(Padding.padInput(texts, 0, true, false)));
    assertArrayEquals(
        new int[][] {{3, 2, 1}, {5, 4, 0}, {6, 0, 0}},
        rows(Padding.padInput(texts, 0, false, true)));
  }

  @Test
  @DisplayName("TXT-25 whole chunks before the text")
  void padChunk() {
    assertArrayEquals(row(0, 0, 0, 1, 2, 3, 0, 0), Padding.padChunk(row(1, 2, 3), 0, true, 3, 8));
    assertArrayEquals(row(1, 2, 3, 0, 0, 0, 0, 0), Padding.padChunk(row(1, 2, 3), 0, false, 3, 8));
    assertThrows(
        IllegalArgumentException.class, () -> Padding.padChunk(row(1, 2, 3), 0, true, 3, 2));
  }

  @Test
  @DisplayName("TXT-26 a batch in chunks of two")
  void padInputChunk() {
    List<int[]> texts = List.of(row(1, 2, 3, 4, 5, 6), row(1, 2, 3), row(1, 2));
    assertArrayEquals(
        new int[][] {{1, 2, 3, 4, 5, 6}, {0, 0, 1, 2, 3, 0}, {0, 0, 0, 0, 1, 2}},
        rows(Padding.padInputChunk(texts, 0, true, 2)));
    assertArrayEquals(
        new int[][] {{1, 2, 3, 4, 5, 6}, {1, 2, 3, 0, 0, 0}, {1, 2, 0, 0, 0, 0}},
        rows(Padding.padInputChunk(texts, 0, false, 2)));
  }

  @Test
  @DisplayName("TXT-27 samples of two texts")
  void twoTexts() {
    Sample a = new Sample(List.of(new TextIds(row(1, 2, 3, 4, 5, 6)), new TextIds(row(7))), 2);
    Sample b = new Sample(List.of(new TextIds(row(1, 2)), new TextIds(row(8, 9))), 2);
    HostBatch batch = new PadInputChunk(0, true, 3).collate(List.of(a, b), new int[] {0, 1});
    assertArrayEquals(
        new long[] {1, 2, 3, 4, 5, 6, 0, 0, 0, 1, 2, 0}, batch.arrays().get(0).longs());
    assertArrayEquals(new long[] {7, 0, 8, 9}, batch.arrays().get(1).longs());
    assertEquals(2, batch.nInp());
  }

  @Test
  void agreesWithFastaiAtItsLengths() {
    for (JsonNode c : Fixtures.json("data_order/pad_chunk")) {
      for (int r = 0; r < c.get("lens").size(); r++) {
        int[] text = IntStream.range(2, 2 + c.get("lens").get(r).intValue()).toArray();
        JsonNode out = c.get("out").get(r);
        int[] expected = IntStream.range(0, out.size()).map(i -> out.get(i).intValue()).toArray();
        boolean first = c.get("pad_first").asBoolean();
        int seqLen = c.get("seq_len").intValue();
        assertArrayEquals(expected, Padding.padChunk(text, 1, first, seqLen, expected.length));
      }
    }
  }

  @Test
  @DisplayName("TXT-30 every text that has begun goes on to the last chunk")
  void nothingIsLost() {
    List<int[]> texts = new ArrayList<>();
    for (int n : new int[] {11, 9, 8}) {
      texts.add(IntStream.range(2, 2 + n).toArray());
    }
    List<int[]> rows = Padding.padInputChunk(texts, 1, true, 3);
    int[] begun = new int[4];
    for (int chunk = 0; chunk < 4; chunk++) {
      for (int[] row : rows) {
        assertEquals(12, row.length);
        begun[chunk] += row[chunk * 3] == 1 ? 0 : 1;
      }
    }
    assertArrayEquals(row(1, 3, 3, 3), begun);
    // For all lengths: once a row's chunk begins with a word, so do all after it.
    for (int longest = 1; longest < 20; longest++) {
      for (int n = 1; n <= longest; n++) {
        int[] text = IntStream.range(2, 2 + n).toArray();
        int[] row = Padding.padInputChunk(List.of(new int[longest], text), 1, true, 4).get(1);
        for (int c = 4; c < row.length; c += 4) {
          assertTrue(row[c - 4] == 1 || row[c] != 1);
        }
      }
    }
  }

  @Test
  void textsOfOneChunkAreNotRounded() {
    assertEquals(5, Padding.padInputChunk(List.of(new int[5]), 1, true, 72).get(0).length);
    assertEquals(144, Padding.padInputChunk(List.of(new int[73]), 1, true, 72).get(0).length);
  }
}
