package org.onecycle.data;

import java.util.Arrays;
import java.util.List;
import org.onecycle.tensor.Rng;

/**
 * Batches gathered from arrays {@code [N, ...]} in memory, one per member of the sample: a batch
 * costs one copy, whatever its number of rows.
 */
public final class RowSource implements BatchSource {
  private final Split split;
  private final Sampler sampler;
  private final int nInp;
  private final List<HostArray> arrays;
  private final List<Member> members;

  private RowSource(Split split, Sampler sampler, int nInp, List<HostArray> arrays) {
    this.split = split;
    this.sampler = sampler;
    this.nInp = nInp;
    this.arrays = arrays;
    this.members = arrays.stream().map(RowSource::member).toList();
  }

  /**
   * Batches of {@code bs} rows; training rows are shuffled and an incomplete last batch of them is
   * left out.
   *
   * @param nInp how many of the arrays are inputs; the others are targets
   */
  public static RowSource of(Split split, int bs, int nInp, HostArray... arrays) {
    boolean train = split == Split.TRAIN;
    long n = arrays.length == 0 ? 0 : rows(arrays[0]);
    return of(split, Sampler.of((int) n, bs, train, train), nInp, arrays);
  }

  /**
   * Batches of the rows that a sampler chooses.
   *
   * @throws IllegalArgumentException if the arrays differ in their number of rows
   */
  public static RowSource of(Split split, Sampler sampler, int nInp, HostArray... arrays) {
    if (nInp < 1 || nInp > arrays.length) {
      throw new IllegalArgumentException(
          "RowSource: " + nInp + " inputs of " + arrays.length + " arrays");
    }
    for (HostArray a : arrays) {
      if (rows(a) != rows(arrays[0])) {
        throw new IllegalArgumentException(
            "RowSource expects arrays of as many rows, got "
                + Arrays.stream(arrays).map(x -> Arrays.toString(x.shape())).toList());
      }
    }
    return new RowSource(split, sampler, nInp, List.of(arrays));
  }

  private static long rows(HostArray array) {
    if (array.shape().length == 0) {
      throw new IllegalArgumentException("RowSource expects arrays [N, ...], got a single number");
    }
    return array.shape()[0];
  }

  private static Member member(HostArray array) {
    long[] shape = array.shape();
    long[] row = Arrays.copyOfRange(shape, 1, shape.length);
    return new Member(HostArray.class, HostArray.zeros(array.dtype(), row));
  }

  @Override
  public int size() {
    return sampler.size();
  }

  @Override
  public int itemCount() {
    return (int) rows(arrays.get(0));
  }

  @Override
  public Split split() {
    return split;
  }

  @Override
  public BatchSource complete() {
    return new RowSource(split, sampler.complete(), nInp, arrays);
  }

  @Override
  public Epoch epoch(Rng rng) {
    List<int[]> batches = sampler.batches(rng);
    return (batch, rngs) -> read(batches.get(batch));
  }

  private HostBatch read(int[] rows) {
    return new HostBatch(arrays.stream().map(a -> a.gather(rows)).toList(), members, nInp, rows);
  }
}
