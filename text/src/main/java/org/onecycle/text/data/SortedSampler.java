package org.onecycle.text.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.onecycle.data.Sampler;
import org.onecycle.tensor.Rng;

/**
 * Batches of texts of like length, each sorted, longest first.
 *
 * <p>Without shuffling all texts are sorted. With it a permutation of the texts, the longest put
 * first, is cut into pieces of {@value #BATCHES} batches, each sorted and cut into batches; the
 * batches between the first and the last are permuted. So the batch that needs the most memory
 * comes first.
 */
final class SortedSampler implements Sampler {
  private static final int BATCHES = 50;

  private final int[] lengths;
  private final int bs;
  private final boolean shuffle;
  private final boolean dropLast;

  SortedSampler(int[] lengths, int bs, boolean shuffle, boolean dropLast) {
    if (bs < 1) {
      throw new IllegalArgumentException("bs expects at least 1, got " + bs);
    }
    this.lengths = lengths.clone();
    this.bs = bs;
    this.shuffle = shuffle;
    this.dropLast = dropLast;
  }

  @Override
  public int size() {
    return dropLast ? lengths.length / bs : (lengths.length + bs - 1) / bs;
  }

  @Override
  public Sampler complete() {
    return new SortedSampler(lengths, bs, false, false);
  }

  @Override
  public List<int[]> batches(Rng rng) {
    List<int[]> batches =
        shuffle
            ? shuffled(rng.permutation(lengths.length), rng::permutation)
            : cut(sorted(IntStream.range(0, lengths.length).toArray()), bs);
    return batches.subList(0, size());
  }

  /**
   * Returns the batches of an epoch.
   *
   * @param items a permutation of the items
   * @param permutation gives the order of a number of batches
   */
  List<int[]> shuffled(int[] items, IntFunction<int[]> permutation) {
    int[] order = items.clone();
    longestFirst(order);
    List<int[]> batches = new ArrayList<>();
    for (int[] piece : cut(order, bs * BATCHES)) {
      batches.addAll(cut(sorted(piece), bs));
    }
    if (batches.size() < 3) {
      return batches;
    }
    List<int[]> middle = batches.subList(1, batches.size() - 1);
    List<int[]> out = new ArrayList<>();
    out.add(batches.get(0));
    for (int b : permutation.apply(middle.size())) {
      out.add(middle.get(b));
    }
    out.add(batches.get(batches.size() - 1));
    return out;
  }

  private void longestFirst(int[] order) {
    if (order.length == 0) {
      return;
    }
    int longest = 0;
    for (int i = 1; i < lengths.length; i++) {
      longest = lengths[i] > lengths[longest] ? i : longest;
    }
    for (int i = 0; i < order.length; i++) {
      if (order[i] == longest) {
        order[i] = order[0];
        order[0] = longest;
        return;
      }
    }
  }

  private int[] sorted(int[] items) {
    return Arrays.stream(items)
        .boxed()
        .sorted((a, b) -> Integer.compare(lengths[b], lengths[a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static List<int[]> cut(int[] items, int size) {
    List<int[]> out = new ArrayList<>();
    for (int from = 0; from < items.length; from += size) {
      out.add(Arrays.copyOfRange(items, from, Math.min(items.length, from + size)));
    }
    return out;
  }
}
