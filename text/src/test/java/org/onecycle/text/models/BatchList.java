package org.onecycle.text.models;

import java.util.List;
import org.onecycle.data.BatchSource;
import org.onecycle.data.DataLoader;
import org.onecycle.data.DataLoaders;
import org.onecycle.data.HostArray;
import org.onecycle.data.HostBatch;
import org.onecycle.data.LoaderOptions;
import org.onecycle.data.Member;
import org.onecycle.data.Split;
import org.onecycle.tensor.Rng;

/** Given batches of words and targets, in order, whatever their shapes. */
public record BatchList(Split split, List<HostArray> xs, List<HostArray> ys)
    implements BatchSource {
  /** Loaders of the same batches for training and validation. */
  public static DataLoaders loaders(List<HostArray> xs, List<HostArray> ys) {
    return DataLoaders.of(loader(Split.TRAIN, xs, ys), loader(Split.VALID, xs, ys));
  }

  private static DataLoader loader(Split split, List<HostArray> xs, List<HostArray> ys) {
    return new DataLoader(new BatchList(split, xs, ys), LoaderOptions.defaults());
  }

  @Override
  public int size() {
    return xs.size();
  }

  @Override
  public int itemCount() {
    return xs.stream().mapToInt(x -> (int) x.shape()[0]).sum();
  }

  @Override
  public Epoch epoch(Rng rng) {
    return (i, rngs) -> {
      HostArray x = xs.get(i);
      HostArray y = ys.get(i);
      int rows = (int) x.shape()[0];
      int[] indices = new int[rows];
      for (int r = 0; r < rows; r++) {
        indices[r] = i * rows + r;
      }
      return new HostBatch(
          List.of(x, y),
          List.of(new Member(HostArray.class, x), new Member(HostArray.class, y)),
          1,
          indices);
    };
  }
}
