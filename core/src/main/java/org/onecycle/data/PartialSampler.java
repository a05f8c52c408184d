package org.onecycle.data;

import java.util.Arrays;
import java.util.List;
import org.onecycle.tensor.Rng;

/** An epoch of a few items, drawn anew each time without repetition (fastai's PartialDL). */
record PartialSampler(int n, int partialN, int bs, boolean dropLast) implements Sampler {

  PartialSampler {
    if (partialN < 1 || partialN > n) {
      throw new IllegalArgumentException(
          "partialN expects a number from 1 to the " + n + " items, got " + partialN);
    }
  }

  private ChunkSampler drawn() {
    return new ChunkSampler(partialN, bs, false, dropLast);
  }

  @Override
  public int size() {
    return drawn().size();
  }

  @Override
  public Sampler complete() {
    return new ChunkSampler(n, bs, false, false);
  }

  @Override
  public List<int[]> batches(Rng rng) {
    int[] items = Arrays.copyOf(rng.permutation(n), partialN);
    return drawn().batches(rng).stream()
        .map(places -> Arrays.stream(places).map(p -> items[p]).toArray())
        .toList();
  }
}
