package org.onecycle.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onecycle.bench.work.InputFolder;

class InputsTest {
  @TempDir private Path folder;

  private InputFolder written(Row row, long seed) {
    Path to = folder.resolve(row.id() + seed);
    Inputs.write(row, seed, List.of(folder.resolve("a.jpg")), to);
    return InputFolder.open(to);
  }

  @Test
  void aSeedDecidesThem() {
    InputFolder a = written(Row.TABULAR_TRAIN, 1);
    assertArrayEquals(new long[] {64, 8}, a.shape("cats"));
    assertArrayEquals(new int[] {200, 100}, a.sizesOf("hidden"));
    float[] first = a.floats("conts");
    assertEquals(64 * 6, first.length);
    assertArrayEquals(first, written(Row.TABULAR_TRAIN, 1).floats("conts"));
    assertTrue(!Arrays.equals(first, written(Row.TABULAR_TRAIN, 2).floats("conts")));
  }

  @Test
  void textsBeginWithAChunkLongestFirst() {
    InputFolder in = written(Row.TEXT_CLASSIFIER_TRAIN, 1);
    long[] x = in.longs("x");
    int width = (int) in.shape("x")[1];
    int bptt = in.size("bptt");
    int before = Integer.MAX_VALUE;
    for (int r = 0; r < 16; r++) {
      long[] row = Arrays.copyOfRange(x, r * width, (r + 1) * width);
      int begin = 0;
      while (row[begin] == in.size("pad")) {
        begin++;
      }
      int length = (int) Arrays.stream(row).filter(w -> w != 1).count();
      assertEquals(0, begin % bptt);
      assertTrue(length <= before);
      assertTrue(r > 0 || length == 288);
      assertTrue(width - begin - length < bptt, "less than a chunk of padding behind");
      before = length;
    }
    assertEquals(96, before);
  }

  @Test
  void aMissingSizeIsNamed() {
    InputFolder in = written(Row.IMAGE_PRESIZE, 1);
    assertEquals(460, in.size("item"));
    assertEquals(List.of(folder.resolve("a.jpg").toString()), in.textsOf("photos"));
    var e = assertThrows(IllegalArgumentException.class, () -> in.size("nonsense"));
    assertTrue(e.getMessage().contains("nonsense"), e.getMessage());
  }
}
