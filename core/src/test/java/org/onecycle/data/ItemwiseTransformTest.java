package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onecycle.array.DType;
import org.onecycle.tensor.Rng;
import org.onecycle.tensor.Tensor;

class ItemwiseTransformTest {
  private static final int LENGTH = 300_000;

  /** Writes its number at one place only, and leaves the others as they are. */
  private record Spot(float number) implements Collatable {
    @Override
    public DType dtype() {
      return DType.FLOAT;
    }

    @Override
    public long[] shape() {
      return new long[] {LENGTH};
    }

    @Override
    public void writeTo(HostArray target, int offset) {
      if (number == 13) {
        throw new IllegalStateException("unlucky");
      }
      target.floats()[offset + (int) number] = 1 + number;
    }

    @Override
    public Object restore(Tensor value) {
      return this;
    }
  }

  /** Adds one number to all items of a batch, drawn for it, and their places in it. */
  private static final class Add implements ItemwiseTransform {
    int batches;

    @Override
    public Batch encode(Batch batch, Split split, Rng rng) {
      batches++;
      float drawn = rng.nextInt(1000);
      return batch.map(
          Spot.class,
          x -> {
            float[] values = x.toFloats();
            for (int i = 0; i < values.length; i++) {
              values[i] += values[i] == 0 ? 0 : drawn + i / LENGTH;
            }
            return Tensor.of(values, x.shape());
          });
    }

    @Override
    public Step items(int n, Split split, Rng rng) {
      float drawn = rng.nextInt(1000);
      return (member, place) -> member instanceof Spot spot ? raised(spot, drawn + place) : member;
    }

    private static Collatable raised(Spot spot, float more) {
      float[] row = new float[LENGTH];
      HostArray array = HostArray.of(row, LENGTH);
      spot.writeTo(array, 0);
      row[(int) spot.number()] += more;
      return array;
    }
  }

  private record Spots(int size, Split split) implements Dataset {
    @Override
    public Sample get(int i, Rng rng) {
      return Sample.of(new Spot(i), (long) i);
    }

    @Override
    public String describe(int i) {
      return "spot " + i;
    }
  }

  private static List<float[]> read(Collate collate, int workers, BatchTransform... transforms) {
    DataLoader loader =
        DataLoader.builder(new Spots(10, Split.TRAIN))
            .bs(3)
            .collate(collate)
            .workers(workers)
            .batchTfms(transforms)
            .build();
    List<float[]> all = new ArrayList<>();
    for (int epoch = 0; epoch < 2; epoch++) {
      for (Batch batch : loader) {
        all.add(batch.input(0).toFloats());
        assertEquals(Spot.class, batch.members().get(0).type());
        float[] numbers = batch.target(0).to(DType.FLOAT).toFloats();
        for (int i = 0; i < numbers.length; i++) {
          float[] row = Arrays.copyOfRange(all.get(all.size() - 1), i * LENGTH, (i + 1) * LENGTH);
          row[(int) numbers[i]] = 0;
          assertArrayEquals(new float[LENGTH], row, "left over from another batch");
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void itemsAndBatchesGiveTheSameNumbers(int workers) {
    Add itemwise = new Add();
    Add whole = new Add();
    List<float[]> first = read(Collate.stack(), workers, itemwise);
    List<float[]> other = read((s, i) -> Collate.stack().collate(s, i), workers, whole);
    assertEquals(6, first.size());
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(other.get(i), first.get(i));
    }
    assertEquals(0, itemwise.batches);
    assertEquals(6, whole.batches);
  }

  @Test
  void onlyTheFirstStepWorksOnItems() {
    Add first = new Add();
    Add second = new Add();
    read(Collate.stack(), 0, first, second);
    assertEquals(0, first.batches);
    assertEquals(6, second.batches);
    Add late = new Add();
    read(Collate.stack(), 0, BatchTransform.of(Spot.class, -1, x -> x.mul(2), x -> x.div(2)), late);
    assertEquals(6, late.batches);
  }

  @Test
  void anItemThatCannotBeWrittenIsNamed() {
    DataLoader loader = DataLoader.builder(new Spots(14, Split.VALID)).bs(14).workers(1).build();
    try (BatchIterator batches = loader.iterator()) {
      ItemException e = assertThrows(ItemException.class, batches::next);
      assertEquals("item 13 (spot 13): unlucky", e.getMessage());
    }
  }

  @Test
  void thePoolGivesBackWhatFits() {
    HostPool pool = new HostPool();
    HostArray large = HostArray.zeros(DType.FLOAT, 2, LENGTH);
    HostArray small = HostArray.zeros(DType.FLOAT, 2, 3);
    pool.give(List.of(small, large));
    assertNull(pool.take(DType.FLOAT, 2, 3));
    assertSame(large, pool.take(DType.FLOAT, 2, LENGTH), "not given up for a small one");
    pool.give(List.of(large, HostArray.zeros(DType.INT64, 2, LENGTH)));
    assertSame(large, pool.take(DType.FLOAT, 2, LENGTH));
    assertNotSame(large, pool.take(DType.INT64, 2, LENGTH));
    pool.give(List.of(large));
    assertNull(pool.take(DType.FLOAT, 3, LENGTH));
    assertNull(pool.take(DType.FLOAT, 2, LENGTH), "given up for another shape");
  }

  @Test
  void aStepThatChangesShapesUnequallyIsNamed() {
    ItemwiseTransform cut =
        new ItemwiseTransform() {
          @Override
          public Batch encode(Batch batch, Split split, Rng rng) {
            return batch;
          }

          @Override
          public Step items(int n, Split split, Rng rng) {
            return (member, place) ->
                member instanceof Spot ? HostArray.zeros(DType.FLOAT, 3 - place) : member;
          }
        };
    DataLoader loader =
        DataLoader.builder(new Spots(2, Split.VALID)).bs(2).workers(0).batchTfms(cut).build();
    try (BatchIterator batches = loader.iterator()) {
      RuntimeException e = assertThrows(RuntimeException.class, batches::next);
      assertEquals(
          "collate: member 0 (an input) (Spot) has to have one shape in a batch, got FLOAT [3] in"
              + " item 0, FLOAT [2] in item 1",
          e.getMessage());
    }
  }
}
