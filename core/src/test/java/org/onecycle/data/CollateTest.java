package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onecycle.array.DType;
import org.onecycle.tensor.Tensor;

class CollateTest {
  private static final Collate STACK = Collate.stack();

  /** A picture of bytes becomes floats in [0, 1], as Collatable recommends. */
  private record Picture(byte[] bytes) implements Collatable {
    @Override
    public DType dtype() {
      return DType.FLOAT;
    }

    @Override
    public long[] shape() {
      return new long[] {1, 1, bytes.length};
    }

    @Override
    public void writeTo(HostArray target, int offset) {
      for (int i = 0; i < bytes.length; i++) {
        target.floats()[offset + i] = (bytes[i] & 0xff) / 255f;
      }
    }

    @Override
    public Object restore(Tensor value) {
      float[] f = value.toFloats();
      byte[] b = new byte[f.length];
      for (int i = 0; i < b.length; i++) {
        b[i] = (byte) Math.round(f[i] * 255);
      }
      return new Picture(b);
    }
  }

  private record Codes(long[] codes) implements Collatable {
    @Override
    public DType dtype() {
      return DType.INT64;
    }

    @Override
    public long[] shape() {
      return new long[] {codes.length};
    }

    @Override
    public void writeTo(HostArray target, int offset) {
      System.arraycopy(codes, 0, target.longs(), offset, codes.length);
    }

    @Override
    public Object restore(Tensor value) {
      return new Codes(value.toLongs());
    }
  }

  @Test
  @DisplayName("DAT-11 image bytes become n/255, labels and masks stay integers")
  void types() {
    Sample a = Sample.of(new Picture(new byte[] {1, (byte) 255}), new Codes(new long[] {7, 8}), 3);
    Sample b = Sample.of(new Picture(new byte[] {0, 51}), new Codes(new long[] {9, 1}), 4);
    HostBatch batch = STACK.collate(List.of(a, b), new int[] {5, 2});
    HostArray image = batch.arrays().get(0);
    assertEquals(DType.FLOAT, image.dtype());
    assertArrayEquals(new long[] {2, 1, 1, 2}, image.shape());
    assertArrayEquals(new float[] {1 / 255f, 1, 0, 51 / 255f}, image.floats());
    assertEquals(DType.INT64, batch.arrays().get(1).dtype());
    assertArrayEquals(new long[] {7, 8, 9, 1}, batch.arrays().get(1).longs());
    assertArrayEquals(new long[] {2}, batch.arrays().get(2).shape());
    assertArrayEquals(new long[] {3, 4}, batch.arrays().get(2).longs());
    assertEquals(2, batch.nInp());
    assertEquals(Picture.class, batch.members().get(0).type());
  }

  @Test
  void batchesComeApartIntoTheirKinds() {
    Sample a = Sample.of(new Picture(new byte[] {1, 2}), new Category(3));
    Sample b = Sample.of(new Picture(new byte[] {3, 4}), new Category(5));
    Batch batch = STACK.collate(List.of(a, b), new int[] {0, 1}).toBatch();
    assertEquals(2, batch.size());
    assertArrayEquals(new long[] {2, 1, 1, 2}, batch.input(0).shape());
    assertArrayEquals(new long[] {3, 5}, batch.target(0).toLongs());
    List<Sample> back = batch.samples(2);
    assertArrayEquals(new byte[] {3, 4}, ((Picture) back.get(1).get(0)).bytes());
    assertEquals(new Category(5), back.get(1).get(1));
    Batch guess = batch.withTargets(Tensor.of(new long[] {9, 8}, 2));
    assertEquals(new Category(8), guess.samples(2).get(1).get(1));
    Batch byHand = Batch.of(batch.input(0), batch.target(0));
    assertThrows(IllegalStateException.class, () -> byHand.samples(1));
  }

  @Test
  void numbersOfJavaCollate() {
    HostBatch batch =
        STACK.collate(
            List.of(
                new Sample(List.of(1.5, 2, true, new float[] {1, 2}), 1),
                new Sample(List.of(2.5, 3, false, new float[] {3, 4}), 1)),
            new int[] {0, 1});
    assertArrayEquals(new float[] {1.5f, 2.5f}, batch.arrays().get(0).floats());
    assertArrayEquals(new long[] {2, 3}, batch.arrays().get(1).longs());
    assertArrayEquals(new long[] {1, 0}, batch.arrays().get(2).longs());
    assertArrayEquals(new long[] {2, 2}, batch.arrays().get(3).shape());
    assertArrayEquals(new float[] {1, 2, 3, 4}, batch.arrays().get(3).floats());
    assertEquals(2.5f, batch.toBatch().samples(2).get(1).get(0));
  }

  @Test
  void differentShapesNameMemberItemsAndShapes() {
    List<Sample> samples =
        List.of(
            Sample.of(new Picture(new byte[3]), 1),
            Sample.of(new Picture(new byte[2]), 1),
            Sample.of(new Picture(new byte[3]), 1));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> STACK.collate(samples, new int[] {7, 30, 12}))
            .getMessage();
    assertEquals(
        "collate: member 0 (an input) (Picture) has to have one shape in a batch, got"
            + " FLOAT [1, 1, 3] in items 7 12, FLOAT [1, 1, 2] in item 30",
        message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whatIsMissingIsNamed(int missing) {
    Sample[] samples = {Sample.of(1, 2), Sample.of(1, 2)};
    samples[missing] = Sample.of(1, null);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> STACK.collate(List.of(samples), new int[] {7, 30}))
            .getMessage();
    assertEquals(
        "collate: member 1 (a target) of item " + (missing == 0 ? 7 : 30) + " is null", message);
  }

  @Test
  void whatHoldsNoNumbersIsNamed() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> STACK.collate(List.of(Sample.of(1, "cat")), new int[] {4}))
            .getMessage();
    assertTrue(message.contains("member 1 (a target) of item 4 is a String"), message);
    message =
        assertThrows(
                IllegalArgumentException.class,
                () -> STACK.collate(List.of(Sample.of(1, 2), Sample.of(1, 2, 3)), new int[] {4, 9}))
            .getMessage();
    assertTrue(message.contains("item 4 has 2 members, item 9 has 3"), message);
  }

  @Test
  void unsupportedDtypeIsNamed() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> HostArray.zeros(DType.BFLOAT16, 2, 3))
            .getMessage();
    assertTrue(message.contains("BFLOAT16"), message);
  }
}
