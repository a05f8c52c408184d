package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.onecycle.array.MemoryUse;
import org.onecycle.array.Scope;

class LoaderMemoryTest {

  @Test
  void nativeMemoryIsTheConsumersAndStaysFlat() {
    int[] all = IntStream.range(0, 1000).toArray();
    var data =
        Datasets.of(
            IntStream.of(all).boxed().toList(),
            new Splits(all, all),
            List.of(
                Column.of(Transform.of(Integer.class, float[].class, x -> new float[5000])),
                Column.of(new Categorize())));
    DataLoader loader = DataLoader.builder(data.train()).bs(8).workers(3).build();
    MemoryUse before = MemoryUse.now();
    long held = 0;
    int step = 0;
    try (BatchIterator batches = loader.iterator()) {
      while (batches.hasNext()) {
        try (Scope scope = Scope.open()) {
          Batch batch = batches.next();
          assertTrue(scope.owns(batch.input(0).value()));
          assertEquals(8, batch.size());
        }
        // Less is possible: arrays that other tests dropped are collected meanwhile.
        assertTrue(MemoryUse.now().used() <= before.used(), "workers hold no native memory");
        if (++step == 10) {
          held = held();
        }
      }
    }
    assertEquals(125, step);
    assertTrue(held() <= held, "memory of a shape seen before is used again");
  }

  private static long held() {
    return MemoryUse.now().used() + MemoryUse.now().pooled();
  }
}
