package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.onecycle.array.DType;

class RowSourceTest {
  private static final HostArray X = HostArray.of(new float[] {0, 10, 1, 11, 2, 12}, 3, 2);
  private static final HostArray Y = HostArray.of(new long[] {0, 1, 2}, 3);

  @Test
  void gathersTheSameRowsOfEveryArray() {
    DataLoader loader =
        new DataLoader(
            RowSource.of(Split.TRAIN, 2, 1, X, Y), LoaderOptions.defaults().withWorkers(2));
    assertEquals(1, loader.size());
    assertEquals(3, loader.itemCount());
    for (int epoch = 0; epoch < 3; epoch++) {
      Batch batch = loader.iterator().next();
      int[] rows = batch.indices();
      float[] x = {rows[0], 10 + rows[0], rows[1], 10 + rows[1]};
      assertArrayEquals(new long[] {2, 2}, batch.input(0).shape());
      assertArrayEquals(x, batch.input(0).toFloats());
      assertArrayEquals(IntStream.of(rows).asLongStream().toArray(), batch.target(0).toLongs());
    }
  }

  @Test
  void validationRowsStayInOrderAndComeApart() {
    DataLoader loader =
        new DataLoader(RowSource.of(Split.VALID, 2, 1, X, Y), LoaderOptions.defaults());
    assertEquals(2, loader.size());
    Batch batch = loader.oneBatch();
    assertArrayEquals(new long[] {0, 1}, batch.target(0).toLongs());
    HostArray second = (HostArray) batch.samples(2).get(1).get(0);
    assertArrayEquals(new float[] {1, 11}, second.floats());
    assertArrayEquals(new long[] {2}, second.shape());
  }

  @Test
  void keepsTheDtypes() {
    HostArray d = HostArray.of(new double[] {.1, .2}, 2, 1);
    HostArray b = HostArray.zeros(DType.UINT8, 2, 3);
    b.bytes()[4] = (byte) 200;
    Batch batch =
        new DataLoader(RowSource.of(Split.VALID, 2, 2, d, b), LoaderOptions.defaults()).oneBatch();
    assertEquals(DType.DOUBLE, batch.input(0).dtype());
    assertArrayEquals(new double[] {.1, .2}, batch.input(0).toDoubles());
    assertEquals(DType.UINT8, batch.input(1).dtype());
    assertArrayEquals(new long[] {0, 0, 0, 0, 200, 0}, batch.input(1).toLongs());
    assertEquals(0, batch.targets().length);
  }

  @Test
  void wrongShapesAreNamed() {
    HostArray two = HostArray.of(new long[] {0, 1}, 2);
    String message =
        assertThrows(IllegalArgumentException.class, () -> RowSource.of(Split.VALID, 2, 1, X, two))
            .getMessage();
    assertTrue(message.contains("[[3, 2], [2]]"), message);
    assertThrows(IllegalArgumentException.class, () -> RowSource.of(Split.VALID, 2, 3, X, Y));
    assertThrows(IllegalArgumentException.class, () -> HostArray.of(new float[5], 2, 3));
  }
}
