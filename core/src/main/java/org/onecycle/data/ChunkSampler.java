package org.onecycle.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.onecycle.tensor.Rng;

/** Batches of one size, in order or shuffled. */
record ChunkSampler(int n, int bs, boolean shuffle, boolean dropLast) implements Sampler {

  ChunkSampler {
    if (bs < 1) {
      throw new IllegalArgumentException("bs expects at least 1, got " + bs);
    }
  }

  @Override
  public int size() {
    return dropLast ? n / bs : (n + bs - 1) / bs;
  }

  @Override
  public Sampler complete() {
    return new ChunkSampler(n, bs, false, false);
  }

  @Override
  public List<int[]> batches(Rng rng) {
    int[] order = shuffle ? rng.permutation(n) : IntStream.range(0, n).toArray();
    List<int[]> batches = new ArrayList<>();
    for (int b = 0; b < size(); b++) {
      batches.add(Arrays.copyOfRange(order, b * bs, Math.min(n, (b + 1) * bs)));
    }
    return batches;
  }
}
