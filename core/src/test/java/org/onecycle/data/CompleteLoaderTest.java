package org.onecycle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompleteLoaderTest {
  private static int[] indices(DataLoader loader) {
    List<int[]> all = new ArrayList<>();
    loader.forEach(b -> all.add(b.indices()));
    return all.stream().flatMapToInt(IntStream::of).toArray();
  }

  @Test
  void shuffledRowsComeInOrderAndNoneIsLeftOut() {
    HostArray x = HostArray.of(new float[10], 10, 1);
    DataLoader loader =
        new DataLoader(RowSource.of(Split.TRAIN, 4, 1, x), LoaderOptions.defaults());
    assertEquals(8, indices(loader).length);
    assertArrayEquals(IntStream.range(0, 10).toArray(), indices(loader.complete()));
    assertEquals(3, loader.complete().size());
  }

  @Test
  void samplesToo() {
    List<Integer> items = IntStream.range(0, 10).boxed().toList();
    var data =
        Datasets.of(
            items,
            new Splits(IntStream.range(0, 7).toArray(), new int[] {7, 8, 9}),
            List.of(Column.of(Transform.of(Integer.class, Category.class, Category::new))));
    DataLoader loader = DataLoader.builder(data.train()).bs(4).workers(0).build();
    assertEquals(4, indices(loader).length);
    assertArrayEquals(IntStream.range(0, 7).toArray(), indices(loader.complete()));
  }
}
