package org.onecycle.text.data;

import java.util.List;
import java.util.stream.IntStream;
import org.onecycle.array.DType;
import org.onecycle.data.BatchSource;
import org.onecycle.data.HostArray;
import org.onecycle.data.HostBatch;
import org.onecycle.data.Member;
import org.onecycle.data.Split;
import org.onecycle.tensor.Rng;

/** Batches of a language model: slices of all texts. */
record LMSource(List<int[]> docs, int bs, int seqLen, Split split, boolean shuffle)
    implements BatchSource {
  private static final Member KIND = new Member(TextIds.class, new TextIds(new int[0]));

  LMSource {
    if (bs < 1 || seqLen < 1) {
      throw new IllegalArgumentException(
          "LMDataLoader expects bs and seqLen from 1, got " + bs + " and " + seqLen);
    }
    long tokens = docs.stream().mapToLong(d -> d.length).sum();
    if (tokens <= bs) {
      throw new IllegalArgumentException(
          "LMDataLoader: %d tokens do not fill %d rows of the %s part; use a smaller bs"
              .formatted(tokens, bs, split));
    }
  }

  /** Tokens of a row in an epoch. */
  private long rowLength() {
    return (docs.stream().mapToLong(d -> d.length).sum() - 1) / bs;
  }

  @Override
  public int size() {
    return Math.toIntExact((rowLength() + seqLen - 1) / seqLen);
  }

  @Override
  public int itemCount() {
    return Math.multiplyExact(size(), bs);
  }

  @Override
  public BatchSource complete() {
    return new LMSource(docs, bs, seqLen, split, false);
  }

  @Override
  public Epoch epoch(Rng rng) {
    int n = docs.size();
    Chunks text = new Chunks(docs, shuffle ? rng.permutation(n) : IntStream.range(0, n).toArray());
    long row = rowLength();
    return (batch, rngs) -> {
      rngs.apply(batch * bs);
      return read(text, row, batch);
    };
  }

  private HostBatch read(Chunks text, long row, int batch) {
    long start = (long) batch * seqLen;
    int length = (int) Math.min(seqLen, row - start);
    HostArray x = HostArray.zeros(DType.INT64, bs, length);
    HostArray y = HostArray.zeros(DType.INT64, bs, length);
    for (int r = 0; r < bs; r++) {
      int[] ids = text.range(r * row + start, length + 1);
      for (int t = 0; t < length; t++) {
        x.longs()[r * length + t] = ids[t];
        y.longs()[r * length + t] = ids[t + 1];
      }
    }
    int[] indices = IntStream.range(batch * bs, (batch + 1) * bs).toArray();
    return new HostBatch(List.of(x, y), List.of(KIND, KIND), 1, indices);
  }
}
