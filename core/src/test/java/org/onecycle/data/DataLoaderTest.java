package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onecycle.tensor.Rng;

class DataLoaderTest {
  private static final Transform<Integer, Double> JITTER = new Jitter();

  private static Datasets<Integer> numbers(int n, Transform<?, ?>... tfms) {
    int[] all = IntStream.range(0, n).toArray();
    return Datasets.of(
        IntStream.range(0, n).boxed().toList(), new Splits(all, all), List.of(Column.of(tfms)));
  }

  private static List<String> letters(boolean dropLast, int workers) {
    List<Integer> codes = IntStream.rangeClosed('a', 'z').boxed().toList();
    int[] all = IntStream.range(0, 26).toArray();
    var data = Datasets.of(codes, new Splits(all, all), List.of(Column.<Integer>of()));
    List<String> batches = new ArrayList<>();
    for (Batch b :
        DataLoader.builder(data.valid()).bs(4).dropLast(dropLast).workers(workers).build()) {
      StringBuilder word = new StringBuilder();
      LongStream.of(b.input(0).toLongs()).forEach(c -> word.append((char) c));
      batches.add(word.toString());
    }
    return batches;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 8})
  @DisplayName("DAT-12 letters in fours")
  void letters(int workers) {
    List<String> full = List.of("abcd", "efgh", "ijkl", "mnop", "qrst", "uvwx");
    assertEquals(full, letters(true, workers));
    List<String> rest = new ArrayList<>(full);
    rest.add("yz");
    assertEquals(rest, letters(false, workers));
  }

  @Test
  @DisplayName("DAT-12 11 items in fours -> 4, 4, 3")
  void elevenItems() {
    DataLoader loader = DataLoader.builder(numbers(11).valid()).bs(4).build();
    assertEquals(3, loader.size());
    List<Integer> sizes = new ArrayList<>();
    loader.forEach(b -> sizes.add(b.size()));
    assertEquals(List.of(4, 4, 3), sizes);
  }

  @Test
  @DisplayName("DAT-20 10 in threes -> 3, 3, 3, 1; drop last -> 3, 3, 3")
  void chunked() {
    List<int[]> kept = Sampler.of(10, 3, false, false).batches(new Rng(0));
    assertEquals(List.of(3, 3, 3, 1), kept.stream().map(b -> b.length).toList());
    List<int[]> dropped = Sampler.of(10, 3, false, true).batches(new Rng(0));
    assertEquals(List.of(3, 3, 3), dropped.stream().map(b -> b.length).toList());
    assertArrayEquals(new int[] {9}, kept.get(3));
  }

  @Test
  @DisplayName("DAT-12 order and content do not depend on the workers")
  void independentOfWorkers() {
    List<List<Float>> reference = history(0, 3);
    assertEquals(reference, history(1, 3));
    assertEquals(reference, history(7, 3));
    assertNotEquals(reference.get(0), reference.get(1), "epochs differ");
  }

  private static List<List<Float>> history(int workers, int epochs) {
    DataLoader loader =
        DataLoader.builder(numbers(50, JITTER).train()).bs(8).seed(9).workers(workers).build();
    List<List<Float>> history = new ArrayList<>();
    for (int e = 0; e < epochs; e++) {
      history.add(values(loader.iterator()));
    }
    return history;
  }

  private static List<Float> values(BatchIterator batches) {
    List<Float> values = new ArrayList<>();
    while (batches.hasNext()) {
      for (float f : batches.next().input(0).toFloats()) {
        values.add(f);
      }
    }
    return values;
  }

  @Test
  void trainingLoadersShuffleAndDropTheRestByDefault() {
    DataLoader loader = DataLoader.builder(numbers(50).train()).bs(8).workers(0).build();
    assertEquals(6, loader.size());
    List<Integer> seen = new ArrayList<>();
    for (Batch b : loader) {
      IntStream.of(b.indices()).forEach(seen::add);
      assertArrayEquals(IntStream.of(b.indices()).asLongStream().toArray(), b.input(0).toLongs());
    }
    assertEquals(48, seen.stream().distinct().count());
    assertNotEquals(seen.stream().sorted().toList(), seen);
  }

  @Test
  void restoringTheStateRepeatsTheHistory() {
    DataLoader loader = DataLoader.builder(numbers(20, JITTER).train()).bs(5).seed(1).build();
    values(loader.iterator());
    long state = loader.state();
    Batch peeked = loader.oneBatch();
    List<Float> second = values(loader.iterator());
    assertArrayEquals(
        peeked.input(0).toFloats(),
        new float[] {second.get(0), second.get(1), second.get(2), second.get(3), second.get(4)});
    List<Float> third = values(loader.iterator());
    loader.restore(state);
    assertEquals(second, values(loader.iterator()));
    assertEquals(third, values(loader.iterator()));
    assertEquals(second, values(loader.epoch(state)));
  }

  @Test
  void validationDrawsAreTheSameEveryTimeAndForEveryBatchSize() {
    Dataset valid = numbers(20, JITTER).valid();
    DataLoader loader = DataLoader.builder(valid).bs(5).seed(1).build();
    List<Float> once = values(loader.iterator());
    assertEquals(once, values(loader.iterator()));
    assertEquals(once, values(DataLoader.builder(valid).bs(7).seed(1).build().iterator()));
    assertNotEquals(once, values(DataLoader.builder(valid).bs(5).seed(2).build().iterator()));
  }

  @Test
  void batchTransformsRunInOrderAndDecodeInReverse() {
    BatchTransform twice = BatchTransform.of(Integer.class, 10, t -> t.mul(2), t -> t.div(2));
    BatchTransform plusOne = BatchTransform.of(Integer.class, 5, t -> t.add(1), t -> t.sub(1));
    BatchTransform never = BatchTransform.of(String.class, 1, t -> t.mul(0), t -> t);
    DataLoader loader =
        DataLoader.builder(numbers(4).valid())
            .bs(4)
            .workers(1)
            .batchTfms(twice, plusOne, never)
            .build();
    Batch batch = loader.oneBatch();
    assertArrayEquals(new double[] {2, 4, 6, 8}, batch.input(0).toDoubles());
    assertArrayEquals(new double[] {0, 1, 2, 3}, loader.decode(batch).input(0).toDoubles());
    assertEquals(List.of(3L), loader.decodeSamples(batch, 4).get(3).members());
  }

  @Test
  void badOptionsAreNamed() {
    Dataset train = numbers(11).train();
    String message =
        assertThrows(IllegalArgumentException.class, () -> DataLoader.builder(train).bs(64).build())
            .getMessage();
    assertTrue(message.contains("11 items") && message.contains("bs 64"), message);
    assertThrows(IllegalArgumentException.class, () -> DataLoader.builder(train).bs(0).build());
    assertThrows(
        IllegalArgumentException.class, () -> DataLoader.builder(train).workers(-1).build());
    BatchIterator batches = DataLoader.builder(train).bs(11).build().iterator();
    batches.next();
    assertFalse(batches.hasNext());
    assertThrows(NoSuchElementException.class, batches::next);
  }

  private record Jitter() implements Transform<Integer, Double> {
    @Override
    public Class<Integer> accepts() {
      return Integer.class;
    }

    @Override
    public Class<Double> produces() {
      return Double.class;
    }

    @Override
    public Double encode(Integer x, Split split, Rng rng) {
      return x + rng.nextDouble();
    }
  }
}
