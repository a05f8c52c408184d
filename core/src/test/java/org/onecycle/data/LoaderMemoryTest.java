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
    long pooled = 0;
    int step = 0;
    try (BatchIterator batches = loader.iterator()) {
      while (batches.hasNext()) {
        try (Scope scope = Scope.open()) {
          Batch batch = batches.next();
          assertTrue(scope.owns(batch.input(0).value()));
          assertEquals(8, batch.size());
        }
        assertEquals(before.used(), MemoryUse.now().used(), "workers hold no native memory");
        if (++step == 10) {
          pooled = MemoryUse.now().pooled();
        }
      }
    }
    assertEquals(125, step);
    assertEquals(pooled, MemoryUse.now().pooled());
  }
}
